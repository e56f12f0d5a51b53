import type { Encoder } from './encoder.ts';
import { EncodingFailure } from './encoder.ts';
import { ModelFolderError } from './model-folder-error.ts';

/** Waits for a part of a folder to be opened; what it fails with is the folder's problem. */
export async function openPart<Part>(folder: string, file: string, part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch (error) {
    throw new ModelFolderError(folder, [`${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

interface Signature {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

/** What of the manifest's names the model does not have, and which of the model's inputs nobody would feed. */
export function checkWiring(model: Signature, inputs: readonly string[], output: string): readonly string[] {
  return [
    ...inputs
      .filter((name) => !model.inputNames.includes(name))
      .map((name) => `inputs: the model has no ${name}; it has ${model.inputNames.join(', ')}`),
    ...model.inputNames
      .filter((name) => !inputs.includes(name))
      .map((name) => `inputs: the manifest gives nothing for the model's ${name}`),
    ...(model.outputNames.includes(output)
      ? []
      : [`output: the model has no ${output}; it has ${model.outputNames.join(', ')}`]),
  ];
}

/**
 * Encodes a sample, so that a wrong folder is found at start and not by the first viewer.
 *
 * @throws ModelFolderError after closing the encoder.
 */
export async function proveDims<Input, Known extends Encoder<Input>>(
  encoder: Known,
  {
    sample,
    folder,
    problems,
  }: { readonly sample: Input; readonly folder: string; readonly problems: readonly string[] },
): Promise<Known> {
  const found = problems.length > 0 ? problems : sampleProblems(await encoder.encode([sample]), encoder.dims);
  if (found.length === 0) return encoder;
  await encoder.close();
  throw new ModelFolderError(folder, found);
}

function sampleProblems([vector]: Awaited<ReturnType<Encoder<never>['encode']>>, dims: number): readonly string[] {
  if (!vector || vector instanceof EncodingFailure)
    return [`the model fails on a sample: ${vector?.message ?? 'no answer'}`];
  return vector.length === dims ? [] : [`dims: the model gives ${vector.length}, but the manifest has ${dims}`];
}
