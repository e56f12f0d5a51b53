/** Something that can be lent and is closed when it is. */
export interface Closable {
  close(): Promise<void>;
}

interface Lent<Known> {
  readonly opened: Promise<Known>;
  users: number;
}

/** Shared resources by name: opened at the first use, closed when the last user has given them back. */
export class Loans<Known extends Closable> {
  readonly #lent = new Map<string, Lent<Known>>();

  /** The thing of a name; its `close` gives it back, and does nothing the second time. */
  async take(name: string, open: () => Promise<Known>): Promise<Known> {
    const lent = this.#lent.get(name) ?? { opened: open(), users: 0 };
    this.#lent.set(name, lent);
    lent.users++;
    let back: Promise<void> | undefined;
    const close = (): Promise<void> => (back ??= this.#giveBack(name, lent));
    try {
      return { ...(await lent.opened), close };
    } catch (error) {
      if (this.#lent.get(name) === lent) this.#lent.delete(name);
      throw error;
    }
  }

  async #giveBack(name: string, lent: Lent<Known>): Promise<void> {
    if (--lent.users > 0) return;
    this.#lent.delete(name);
    await (await lent.opened).close();
  }
}
