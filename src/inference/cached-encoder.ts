import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { annotate } from '../runtime/tracing.ts';
import type { Vector } from '../vocabulary/vector.ts';
import { EncodingFailure } from './encoder.ts';
import type { Encoder, PictureInput, TextInput } from './encoder.ts';

export interface CacheOptions<Input> {
  /** Vectors that are kept; the one unused for longest goes first. */
  readonly entries: number;
  /** Inputs of one key have one vector. */
  readonly key: (input: Input) => string;
}

/**
 * Remembers vectors. Work under way is shared: of ten viewers who ask the same at once, one pays. Failures are not kept.
 * The vectors are shared, too, and must not be written to.
 */
export function cachedEncoder<Input, Known extends Encoder<Input>>(
  encoder: Known,
  { entries, key }: CacheOptions<Input>,
): Known {
  const cache = new LRUCache<string, Promise<Vector | EncodingFailure>>({ max: Math.max(1, entries) });

  function encode(inputs: readonly Input[]): Promise<readonly (Vector | EncodingFailure)[]> {
    const names = inputs.map(key);
    const missing = new Map<string, Input>();
    // Read before anything is kept: what is new may drive what is known out.
    const vectors = new Map<string, Promise<Vector | EncodingFailure>>();
    inputs.forEach((input, i) => {
      const name = names[i] ?? '';
      const known = cache.get(name);
      if (known) vectors.set(name, known);
      else missing.set(name, input);
    });
    annotate({ 'medley.cached': inputs.length - missing.size });
    const fresh = missing.size > 0 ? encoder.encode([...missing.values()]) : Promise.resolve([]);
    [...missing.keys()].forEach((name, i) => {
      const vector = fresh.then((outcomes) => outcomes[i] ?? lost());
      vectors.set(name, vector);
      cache.set(name, vector);
      forgetFailure(name, vector);
    });
    return Promise.all(names.map((name) => vectors.get(name) ?? Promise.resolve(lost())));
  }

  function forgetFailure(name: string, vector: Promise<Vector | EncodingFailure>): void {
    const forget = (): void => {
      if (cache.peek(name) === vector) cache.delete(name);
    };
    vector.then((outcome) => {
      if (outcome instanceof EncodingFailure) forget();
    }, forget);
  }

  return { ...encoder, encode };
}

function lost(): EncodingFailure {
  return new EncodingFailure('INTERNAL', 'no vector came back');
}

export function textKey({ role, text }: TextInput): string {
  return `${role} ${text}`;
}

export function pictureKey(bytes: PictureInput): string {
  return createHash('sha256').update(bytes).digest('base64');
}
