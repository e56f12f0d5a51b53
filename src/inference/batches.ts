import pMap from 'p-map';
import { isFiniteVector } from '../vocabulary/vector.ts';
import type { Vector } from '../vocabulary/vector.ts';
import { EncodingFailure } from './encoder.ts';

export interface BatchPlan<Input, Prepared> {
  /** Inputs of one run. */
  readonly size: number;
  /** Batches under way at once: enough that no thread waits, few enough that memory stays small. */
  readonly concurrency: number;
  /** Inputs of like length stand in one batch, so that little is padded. */
  readonly length?: (input: Input) => number;
  readonly prepare: (input: Input) => Promise<Prepared> | Prepared;
  readonly run: (prepared: readonly Prepared[], options: { readonly urgent: boolean }) => Promise<readonly Vector[]>;
}

interface Numbered<T> {
  readonly index: number;
  readonly value: T;
}

/**
 * Encodes in batches and puts the vectors back in the order of the inputs. What fails to be prepared fails alone; a batch
 * that the model refuses is run again one by one. A lone input is somebody waiting: it is urgent.
 */
export async function encodeInBatches<Input, Prepared>(
  inputs: readonly Input[],
  plan: BatchPlan<Input, Prepared>,
): Promise<readonly (Vector | EncodingFailure)[]> {
  const [lone] = inputs;
  if (lone !== undefined && inputs.length === 1) return [await encodeLone(lone, plan)];
  const results: (Vector | EncodingFailure)[] = [];
  const encodeBatch = async (batch: readonly Numbered<Input>[]): Promise<void> => {
    const prepared = await Promise.all(batch.map(({ value }) => settle(() => plan.prepare(value))));
    const usable: Numbered<Prepared>[] = [];
    batch.forEach(({ index }, i) => {
      const outcome = prepared[i];
      if (outcome instanceof EncodingFailure) results[index] = outcome;
      else usable.push({ index, value: outcome as Prepared });
    });
    const vectors = await runOrSplit(usable, plan);
    usable.forEach(({ index }, i) => (results[index] = finite(vectors[i])));
  };
  await pMap(batchesOf(inputs, plan), encodeBatch, { concurrency: plan.concurrency });
  return results;
}

/** Nothing to put in order, so the shortest way: of a query's words that is a fortieth of the time. */
async function encodeLone<Input, Prepared>(
  input: Input,
  { prepare, run }: BatchPlan<Input, Prepared>,
): Promise<Vector | EncodingFailure> {
  const outcome = await settle(async () => {
    const [vector] = await run([await prepare(input)], { urgent: true });
    return vector;
  });
  return finite(outcome);
}

function batchesOf<Input, Prepared>(
  inputs: readonly Input[],
  { size, length }: BatchPlan<Input, Prepared>,
): readonly (readonly Numbered<Input>[])[] {
  const numbered = inputs.map((value, index) => ({ index, value }));
  if (length && size > 1) numbered.sort((a, b) => length(a.value) - length(b.value));
  return Array.from({ length: Math.ceil(numbered.length / size) }, (_, i) => numbered.slice(i * size, (i + 1) * size));
}

async function runOrSplit<Input, Prepared>(
  usable: readonly Numbered<Prepared>[],
  plan: BatchPlan<Input, Prepared>,
): Promise<readonly (Vector | EncodingFailure)[]> {
  if (usable.length === 0) return [];
  const outcome = await settle(() =>
    plan.run(
      usable.map(({ value }) => value),
      { urgent: false },
    ),
  );
  if (!(outcome instanceof EncodingFailure)) return outcome;
  if (usable.length === 1) return [outcome];
  return (await Promise.all(usable.map((one) => runOrSplit([one], plan)))).flat();
}

async function settle<T>(work: () => Promise<T> | T): Promise<T | EncodingFailure> {
  try {
    return await work();
  } catch (error) {
    return error instanceof EncodingFailure ? error : internal(error instanceof Error ? error.message : String(error));
  }
}

function finite(outcome: Vector | EncodingFailure | undefined): Vector | EncodingFailure {
  if (!outcome) return internal('no vector came back');
  return outcome instanceof EncodingFailure || isFiniteVector(outcome) ? outcome : internal('the vector is not finite');
}

function internal(message: string): EncodingFailure {
  return new EncodingFailure('INTERNAL', message);
}
