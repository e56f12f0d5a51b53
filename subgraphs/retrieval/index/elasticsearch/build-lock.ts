import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Cluster } from './cluster.ts';
import { refusal } from './cluster-errors.ts';
import type { IndexNames } from './index-names.ts';
import { readNote } from './notes.ts';
import type { Note, StoredNote } from './notes.ts';

const ID = 'build';
/** How often who builds says that it lives, and after how long a silence it counts as dead, milliseconds. */
const BEAT = 10_000;
const SILENCE = 60_000;
/** For how long a silent build is still told what changes, since it may come back, milliseconds. */
const FORGOTTEN = 3_600_000;

export type Phase = NonNullable<Note['phase']>;

/** The build that is under way, whichever process does it. */
export interface BuildUnderWay {
  readonly id: string;
  readonly phase: Phase;
  /** It was not heard of for so long that another may begin. It publishes nothing if that happens while it switches. */
  readonly silent: boolean;
}

export async function buildUnderWay(cluster: Cluster, { notes }: IndexNames): Promise<BuildUnderWay | undefined> {
  const found = await readNote(cluster, notes, ID);
  if (!found || silence(found.note) > FORGOTTEN) return undefined;
  const { build = '', phase = 'writing' } = found.note;
  return { id: build, phase, silent: isSilent(found.note) };
}

function isSilent(note: Note): boolean {
  return silence(note) > SILENCE;
}

/** Milliseconds since who builds was last heard of. */
function silence({ heard = 0 }: Note): number {
  return Date.now() - heard;
}

/** Half of the time after which others count on it no more: their clocks may differ, and a request takes its time. */
function mayBeForgotten(note: Note): boolean {
  return silence(note) > (note.phase === 'switching' ? SILENCE : FORGOTTEN) / 2;
}

/** Held by the one process that builds a generation, reads a catalogue for it, or goes back to the generation before. */
export class BuildLock {
  readonly #cluster: Cluster;
  readonly #names: IndexNames;
  /** Of the build: what is changed live meanwhile is noted under it. */
  readonly id = randomUUID();
  #beating: NodeJS.Timeout | undefined;
  #phase: Phase;
  /** One write after another: a beat must not come between a switch and its announcement. */
  readonly #inTurn = pLimit(1);
  /** Changes may have been made that nobody noted for this build. */
  #forgotten = false;

  private constructor(cluster: Cluster, names: IndexNames, phase: Phase) {
    this.#cluster = cluster;
    this.#names = names;
    this.#phase = phase;
  }

  /** Errors: BUSY while another process builds. */
  static async take(cluster: Cluster, names: IndexNames, phase: Phase = 'writing'): Promise<BuildLock> {
    const lock = new BuildLock(cluster, names, phase);
    await lock.#write(({ build, ...note }) => build === lock.id || isSilent(note));
    lock.#beating = setInterval(() => {
      // A beat that is missed is made up by the next.
      lock.#keep().catch(() => undefined);
    }, BEAT).unref();
    return lock;
  }

  /**
   * From now on who writes live waits until the lock is released; called again, makes sure that they still do. Errors:
   * BUSY where the lock was lost, PUBLISH_REFUSED where live changes may have been.
   */
  async switching(): Promise<void> {
    this.#phase = 'switching';
    await this.#keep();
    if (!this.#forgotten) return;
    throw new MedleyError(
      'PUBLISH_REFUSED',
      'The indexing process stopped responding for so long that live changes may be missing. The catalogue before still serves. Index again.',
    );
  }

  /** Does nothing the second time. */
  async release(): Promise<void> {
    if (!this.#beating) return;
    clearInterval(this.#beating);
    this.#beating = undefined;
    // A beat on its way would take the lock again.
    await this.#inTurn(() => undefined);
    const index = this.#names.notes;
    const found = await readNote(this.#cluster, index, ID);
    if (found?.note.build !== this.id) return;
    // Where it was changed meanwhile, it is gone already, or somebody else's.
    await this.#cluster.persist((client, sending) =>
      client.delete({ index, id: ID, ...found.version }, { ...sending, ignore: [404, 409] }),
    );
  }

  #keep(): Promise<void> {
    return this.#inTurn(() => this.#write(({ build }) => build === this.id));
  }

  /** Writes the note where there is none, or one that may be replaced, until nobody else replaces it meanwhile. */
  async #write(mayReplace: (found: Note) => boolean): Promise<void> {
    for (;;) {
      const found = await readNote(this.#cluster, this.#names.notes, ID);
      if (found && !mayReplace(found.note)) throw locked();
      const written = await this.#replace(found);
      if (found?.note.build === this.id && mayBeForgotten(found.note)) this.#forgotten = true;
      if (written) return;
    }
  }

  /** False where the note was changed since it was read, be it by a write of ours that came late or whose answer was lost. */
  async #replace(found: StoredNote | undefined): Promise<boolean> {
    const index = this.#names.notes;
    const document: Note = { kind: 'build', build: this.id, phase: this.#phase, heard: Date.now() };
    const condition = found ? found.version : ({ op_type: 'create' } as const);
    try {
      await this.#cluster.persist((client, sending) =>
        client.index({ index, id: ID, document, ...condition }, sending),
      );
      return true;
    } catch (error) {
      if (refusal(error) !== 'version_conflict_engine_exception') throw error;
      return false;
    }
  }
}

function locked(): MedleyError {
  return new MedleyError('BUSY', 'Another process is indexing a catalogue. Wait for it, or stop it and wait a minute.');
}
