import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Cluster } from './cluster.ts';
import { refusal } from './cluster-errors.ts';
import type { IndexNames } from './index-names.ts';
import { readNote } from './notes.ts';
import type { Note } from './notes.ts';

const ID = 'build';
/** How often who builds says that it lives, and after how long a silence it counts as dead, milliseconds. */
const BEAT = 10_000;
const SILENCE = 60_000;

export type Phase = NonNullable<Note['phase']>;

/** The build that is under way, whichever process does it. */
export interface BuildUnderWay {
  readonly generation: string;
  readonly phase: Phase;
}

export async function buildUnderWay(cluster: Cluster, { notes }: IndexNames): Promise<BuildUnderWay | undefined> {
  const found = await readNote(cluster, notes, ID);
  if (!found || isDead(found.note)) return undefined;
  return { generation: found.note.generation, phase: found.note.phase ?? 'writing' };
}

function isDead({ heard = 0 }: Note): boolean {
  return Date.now() - heard > SILENCE;
}

/** Held by the one process that builds a generation. */
export class BuildLock {
  readonly #cluster: Cluster;
  readonly #names: IndexNames;
  readonly #generation: string;
  readonly #beating: NodeJS.Timeout;
  #phase: Phase = 'writing';
  #written: Promise<unknown> = Promise.resolve();

  private constructor(cluster: Cluster, names: IndexNames, generation: string) {
    this.#cluster = cluster;
    this.#names = names;
    this.#generation = generation;
    this.#beating = setInterval(() => {
      // A beat that is missed is made up by the next.
      this.#write().catch(() => undefined);
    }, BEAT);
    this.#beating.unref();
  }

  /** Errors: DATA_FOLDER_LOCKED while another process builds. */
  static async take(cluster: Cluster, names: IndexNames, generation: string): Promise<BuildLock> {
    const document = noteOf(generation, 'writing');
    const found = await readNote(cluster, names.notes, ID);
    if (found && !isDead(found.note)) throw refused(found.note.generation);
    const condition = found ? found.version : ({ op_type: 'create' } as const);
    try {
      await cluster.persist((client, sending) =>
        client.index({ index: names.notes, id: ID, document, ...condition }, sending),
      );
    } catch (error) {
      if (refusal(error) !== 'version_conflict_engine_exception') throw error;
      throw refused('another');
    }
    return new BuildLock(cluster, names, generation);
  }

  /** From now on who writes live waits until the lock is released. */
  async switching(): Promise<void> {
    this.#phase = 'switching';
    await this.#write();
  }

  async release(): Promise<void> {
    clearInterval(this.#beating);
    // A beat on its way would take the lock again.
    await this.#written;
    await this.#cluster.persist((client, sending) =>
      client.delete({ index: this.#names.notes, id: ID }, { ...sending, ignore: [404] }),
    );
  }

  async #write(): Promise<void> {
    const document = noteOf(this.#generation, this.#phase);
    const written = this.#cluster.persist((client, sending) =>
      client.index({ index: this.#names.notes, id: ID, document }, sending),
    );
    this.#written = written.catch(() => undefined);
    await written;
  }
}

function noteOf(generation: string, phase: Phase): Note {
  return { kind: 'build', generation, phase, heard: Date.now() };
}

function refused(generation: string): MedleyError {
  return new MedleyError(
    'DATA_FOLDER_LOCKED',
    `another process is building a generation (${generation}): wait for it, or stop it and wait a minute`,
  );
}
