/** Texts in order, found by how they begin. They are sorted when they are first asked for, and kept so from then on. */
export class SortedTexts {
  readonly #all: () => Iterable<string>;
  #sorted: string[] | undefined;

  /** `all` gives the texts as they are then, each once. */
  constructor(all: () => Iterable<string>) {
    this.#all = all;
  }

  insert(text: string): void {
    this.#sorted?.splice(firstFrom(this.#sorted, text), 0, text);
  }

  remove(text: string): void {
    this.#sorted?.splice(firstFrom(this.#sorted, text), 1);
  }

  *startingWith(start: string): Generator<string> {
    const sorted = (this.#sorted ??= [...this.#all()].sort());
    for (let at = firstFrom(sorted, start); sorted[at]?.startsWith(start); at++) yield sorted[at] ?? '';
  }
}

/** The place of the first entry that is not before the text. */
function firstFrom(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
