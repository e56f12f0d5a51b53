import { randomUUID } from 'node:crypto';
import { cachedEncoder, pictureKey, textKey } from '../../src/inference/cached-encoder.ts';
import type { PictureEncoder, TextEncoder } from '../../src/inference/encoder.ts';
import { placesOf } from '../../src/inference/releases/model-place.ts';
import type { ModelPlace } from '../../src/inference/releases/model-place.ts';
import type { Models } from '../../src/inference/releases/models.ts';
import type { Logger } from '../../src/runtime/logger.ts';
import { photoEncoder } from './photo-encoder.ts';

/** What queries are encoded with: one encoder a modality, and while a model is changed the old one and the new one. */
export interface QueryEncoders {
  readonly text: readonly TextEncoder[];
  readonly picture: readonly PictureEncoder[];
}

export interface FollowedModels {
  encoders(): QueryEncoders;
  close(): Promise<void>;
}

export interface FollowModelsSettings {
  readonly models: Models;
  readonly cacheEntries: number;
  readonly log: Logger;
}

/** How often it is asked which models are in use, and said with which this process encodes, milliseconds. */
const LOOK = 500;
const SAY = 5000;
/** A model that is out of use is closed after so many milliseconds: a query that began with it may want it still. */
const GRACE = 30_000;

/**
 * Loads the models that are in use, and follows when they change: a new one is taken up beside the old one, before anything serves
 * that was made with it.
 *
 * @throws ModelFolderError, MedleyError SPACE_MISMATCH where a modality is left without any
 */
export async function followModels(settings: FollowModelsSettings): Promise<FollowedModels> {
  const followed = new Following(settings);
  await followed.begin();
  return followed;
}

type Loaded = { readonly place: ModelPlace } & (
  | { readonly modality: 'TEXT'; readonly encoder: TextEncoder }
  | { readonly modality: 'IMAGE'; readonly encoder: PictureEncoder }
);

class Following implements FollowedModels {
  readonly #settings: FollowModelsSettings;
  readonly #id = randomUUID();
  #loaded: readonly Loaded[] = [];
  #problem: Error | undefined;
  #said = { words: '', at: 0 };
  /** Whether it could not be asked last time. */
  #lost = false;
  #looking: NodeJS.Timeout | undefined;
  #look: Promise<void> = Promise.resolve();
  readonly #retired = new Map<NodeJS.Timeout, Loaded>();

  constructor(settings: FollowModelsSettings) {
    this.#settings = settings;
  }

  async begin(): Promise<void> {
    // Said before it is asked what is in use: whoever changes that from now on waits for this process.
    await this.#say();
    await this.#follow();
    for (const modality of ['TEXT', 'IMAGE'])
      if (!this.#loaded.some((one) => one.modality === modality)) {
        await this.close();
        throw this.#problem ?? new Error(`no model encodes ${modality}`);
      }
    this.#again();
  }

  encoders(): QueryEncoders {
    return {
      text: this.#loaded.flatMap((one) => (one.modality === 'TEXT' ? [one.encoder] : [])),
      picture: this.#loaded.flatMap((one) => (one.modality === 'IMAGE' ? [one.encoder] : [])),
    };
  }

  async close(): Promise<void> {
    clearTimeout(this.#looking);
    this.#looking = undefined;
    await this.#look;
    for (const timer of this.#retired.keys()) clearTimeout(timer);
    const { register } = this.#settings.models;
    await register.leave(this.#id).catch(() => undefined);
    await Promise.all([...this.#loaded, ...this.#retired.values()].map(({ encoder }) => encoder.close()));
  }

  #again(): void {
    this.#looking = setTimeout(() => {
      this.#look = this.#follow().then(
        () => {
          this.#lost = false;
        },
        (error: unknown) => {
          if (!this.#lost)
            this.#settings.log.warn({ err: error }, 'the models in use are not known; those that are loaded stay');
          this.#lost = true;
        },
      );
      void this.#look.finally(() => {
        if (this.#looking) this.#again();
      });
    }, LOOK).unref();
  }

  async #follow(): Promise<void> {
    const { models } = this.#settings;
    const { inUse } = await models.register.read();
    const wanted = inUse.length > 0 ? inUse : placesOf(await models.chosen());
    const problems: Error[] = [];
    for (const place of wanted) {
      const problem = await this.#takeUp(place);
      if (problem) problems.push(problem);
    }
    this.#tell(problems[0]);
    // What cannot be replaced goes on.
    if (problems.length === 0) this.#retireAllBut(wanted);
    await this.#say();
  }

  /** It is tried again and again, and said once. */
  #tell(problem: Error | undefined): void {
    if (problem && problem.message !== this.#problem?.message)
      this.#settings.log.error({ err: problem }, 'a model that is in use cannot be loaded');
    this.#problem = problem;
  }

  async #takeUp(place: ModelPlace): Promise<Error | undefined> {
    if (this.#loaded.some((one) => isOf(one, place))) return undefined;
    const { models, cacheEntries: entries } = this.#settings;
    try {
      const found = await models.find(place);
      const loaded: Loaded =
        found.modality === 'TEXT'
          ? {
              place,
              modality: 'TEXT',
              encoder: cachedEncoder(await models.takeText(found), { key: textKey, entries }),
            }
          : {
              place,
              modality: 'IMAGE',
              encoder: cachedEncoder(photoEncoder(await models.takePicture(found)), { key: pictureKey, entries }),
            };
      this.#loaded = [...this.#loaded, loaded];
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #retireAllBut(wanted: readonly ModelPlace[]): void {
    const leaving = this.#loaded.filter((one) => !wanted.some((place) => isOf(one, place)));
    if (leaving.length === 0) return;
    this.#loaded = this.#loaded.filter((one) => !leaving.includes(one));
    for (const one of leaving) {
      const timer = setTimeout(() => {
        this.#retired.delete(timer);
        void one.encoder.close();
      }, GRACE).unref();
      this.#retired.set(timer, one);
    }
  }

  async #say(): Promise<void> {
    const spaces = this.#loaded.map(({ encoder }) => encoder.space);
    const said = { spaces, problem: this.#problem?.message };
    const words = JSON.stringify(said);
    if (words === this.#said.words && Date.now() - this.#said.at < SAY) return;
    await this.#settings.models.register.attend(this.#id, said);
    this.#said = { words, at: Date.now() };
  }
}

function isOf({ modality, encoder }: Loaded, place: ModelPlace): boolean {
  return modality === place.modality && encoder.space === place.space;
}
