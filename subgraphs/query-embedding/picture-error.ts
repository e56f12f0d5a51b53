import { EncodingFailure } from '../../src/inference/encoder.ts';
import { MedleyError } from '../../src/runtime/errors.ts';

/** What a client may be told of a picture that could not be used; anything else stays as it is. */
export function toMedleyError(error: unknown): unknown {
  return error instanceof EncodingFailure && error.code !== 'INTERNAL'
    ? new MedleyError(error.code, error.message)
    : error;
}
