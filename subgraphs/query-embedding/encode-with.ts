import { EncodingFailure } from '../../src/inference/encoder.ts';
import type { Encoder } from '../../src/inference/encoder.ts';
import { traced } from '../../src/runtime/tracing.ts';
import type { EncodedPart } from '../../src/vocabulary/encoding.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import { toMedleyError } from './picture-error.ts';

/** What an encoder made of one part of a query, whatever that part counts. */
export type EncodedInput = Omit<EncodedPart, 'weight'>;

/** Told of a part that was left out because encoding it failed on our side. */
export type OnLeftOut = (failure: Error) => void;

/**
 * One vector of the input for each encoder; one that fails on our side is left out.
 *
 * @throws MedleyError IMAGE_UNREADABLE, IMAGE_TOO_LARGE
 */
export async function encodeWith<Input>(
  encoders: readonly Encoder<Input>[],
  input: Input,
  onLeftOut?: OnLeftOut,
): Promise<readonly EncodedInput[]> {
  const encoded = await Promise.all(encoders.map((encoder) => encodeBy(encoder, input, onLeftOut)));
  return encoded.filter((one) => one !== undefined);
}

async function encodeBy<Input>(
  encoder: Encoder<Input>,
  input: Input,
  onLeftOut?: OnLeftOut,
): Promise<EncodedInput | undefined> {
  const { modality, space } = encoder;
  const outcome = await traced(`embeddings ${encoder.name}`, told(encoder), () => encodeOne(encoder, input));
  if (!(outcome instanceof EncodingFailure)) return { modality, space, vector: outcome };
  if (outcome.code !== 'INTERNAL') throw toMedleyError(outcome);
  onLeftOut?.(outcome);
  return undefined;
}

/** What a trace tells of an encoding, in the words of the conventions for models; never what was encoded. */
function told<Input>({ name, modality, dims }: Encoder<Input>) {
  return {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.request.model': name,
    'gen_ai.embeddings.dimension.count': dims,
    'medley.modality': modality,
    'medley.inputs': 1,
  };
}

async function encodeOne<Input>(encoder: Encoder<Input>, input: Input): Promise<Vector | EncodingFailure> {
  try {
    const [outcome] = await encoder.encode([input]);
    return outcome ?? new EncodingFailure('INTERNAL', 'no vector came back');
  } catch (error) {
    return new EncodingFailure('INTERNAL', String(error));
  }
}
