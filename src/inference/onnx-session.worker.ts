import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { SessionReply, Tensors, TensorValue } from './session-messages.ts';

/*
 * One session on one thread. `run` of onnxruntime-node blocks the thread that calls it, so it must not be the one that
 * answers requests; and N sessions of one thread each encode more than one session of N threads.
 */
if (parentPort) await serve(parentPort, (workerData as { readonly model: string }).model);

type Port = NonNullable<typeof parentPort>;

async function serve(port: Port, model: string): Promise<void> {
  const say = (reply: SessionReply): void => {
    port.postMessage(reply);
  };
  try {
    const session = await openSession(model);
    port.on('message', (inputs: Tensors) => void answer(session, inputs, say));
    say({ kind: 'ready', inputNames: session.inputNames, outputNames: session.outputNames });
  } catch (error) {
    say({ kind: 'unusable', message: String(error) });
  }
}

function openSession(model: string): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionMode: 'sequential',
    interOpNumThreads: 1,
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
}

async function answer(session: InferenceSession, inputs: Tensors, say: (reply: SessionReply) => void): Promise<void> {
  try {
    const feeds = Object.entries(inputs).map(([name, value]) => [name, toTensor(value)] as const);
    const results = await session.run(Object.fromEntries(feeds));
    const outputs = Object.entries(results).map(([name, tensor]) => [name, toFloats(tensor)] as const);
    say({ kind: 'done', outputs: Object.fromEntries(outputs) });
  } catch (error) {
    say({ kind: 'failed', message: String(error) });
  }
}

function toTensor({ type, data, dims }: TensorValue): Tensor {
  return new Tensor(type, data as Float32Array, dims);
}

/** The memory belongs to the runtime: it is copied when it is sent, and never given away. */
function toFloats({ type, data, dims }: Tensor): TensorValue {
  if (!(data instanceof Float32Array)) throw new TypeError(`the output is ${type}, float32 was expected`);
  return { type: 'float32', data, dims };
}
