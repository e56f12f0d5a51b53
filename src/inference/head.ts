import { InferenceSession, Tensor } from 'onnxruntime-node';
import { silenceTelemetry } from '../runtime/environment.ts';
import type { Vector } from '../vocabulary/vector.ts';

/** Vectors by the name of the model's input, all lists of one length. */
export type HeadInputs = Readonly<Record<string, readonly Vector[]>>;

/**
 * A small trained network over vectors that encoders made: a few megabytes, well under a millisecond a vector. It runs on the
 * calling thread, so it needs no closing; whoever runs many vectors is given its turn between batches.
 */
export interface Head {
  /** The model as ONNX. */
  readonly model: Uint8Array;
  /** In the order of the inputs. Inputs that the model does not have are passed over. */
  run(inputs: HeadInputs): Promise<readonly Vector[]>;
}

const BATCH = 64;

/** The model is opened when it is first run. It has one output, `vector`, of the shape [batch, dims]. */
export function head(model: Uint8Array): Head {
  let session: Promise<InferenceSession> | undefined;
  const opened = (): Promise<InferenceSession> => {
    silenceTelemetry();
    session ??= InferenceSession.create(model, { interOpNumThreads: 1, intraOpNumThreads: 1, logSeverityLevel: 3 });
    return session;
  };
  return {
    model,
    run: async (inputs) => {
      const count = Math.max(0, ...Object.values(inputs).map(({ length }) => length));
      const vectors: Vector[] = [];
      for (let at = 0; at < count; at += BATCH) vectors.push(...(await runBatch(await opened(), inputs, at)));
      return vectors;
    },
  };
}

async function runBatch(session: InferenceSession, inputs: HeadInputs, at: number): Promise<readonly Vector[]> {
  const known = Object.entries(inputs).filter(([name]) => session.inputNames.includes(name));
  const feeds = known.map(([name, all]) => [name, stack(all.slice(at, at + BATCH))] as const);
  const { vector } = await session.run(Object.fromEntries(feeds));
  if (!(vector?.data instanceof Float32Array)) throw new TypeError('the head gave no vectors');
  const [, dims = 0] = vector.dims;
  const { data } = vector;
  return Array.from({ length: data.length / dims }, (_, row) => data.slice(row * dims, (row + 1) * dims));
}

function stack(vectors: readonly Vector[]): Tensor {
  const dims = vectors[0]?.length ?? 0;
  const values = new Float32Array(vectors.length * dims);
  for (const [row, vector] of vectors.entries()) values.set(vector, row * dims);
  return new Tensor('float32', values, [vectors.length, dims]);
}
