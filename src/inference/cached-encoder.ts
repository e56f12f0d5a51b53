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
    const missing = new Map(
      inputs.map((input) => [key(input), input]).filter(([name]) => !cache.has(name as string)) as [string, Input][],
    );
    annotate({ 'medley.cached': inputs.length - missing.size });
    const fresh = missing.size > 0 ? encoder.encode([...missing.values()]) : Promise.resolve([]);
    const underWay = new Map(
      [...missing.keys()].map((name, i) => [name, fresh.then((vectors) => vectors[i] ?? lost())]),
    );
    for (const [name, vector] of underWay) {
      cache.set(name, vector);
      forgetFailure(name, vector);
    }
    return Promise.all(
      inputs.map((input) => underWay.get(key(input)) ?? cache.get(key(input)) ?? Promise.resolve(lost())),
    );
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
