import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import type { Encoder, EncodingFailure, TextInput } from '../../../src/inference/encoder.ts';
import { openOnnxPictureEncoder } from '../../../src/inference/onnx-picture-encoder.ts';
import { openOnnxTextEncoder } from '../../../src/inference/onnx-text-encoder.ts';
import { dot, unit } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { retrievalConfig } from '../../../subgraphs/retrieval/config.ts';
import { openBarePictures, openBareText } from '../bare-session.ts';
import type { BareSession } from '../bare-session.ts';
import { drawDemoItems, textOf } from '../demo-inputs.ts';
import { asRate, inTime } from '../finding.ts';
import type { Finding, Row, Scale } from '../finding.ts';
import { madeUpQueries } from '../made-up-items.ts';
import { paired } from '../paired.ts';

const CORES = availableParallelism();
/** Of the pictures' features only the first block is compared: it alone has length 1 on both sides. */
const COMPARED = { texts: 384, pictures: 1280 } as const;

/** Medley's encoders beside bare sessions of onnxruntime with as many threads, and with one. */
export const encoding: Row = async ({ quick, say }) => {
  const { models } = retrievalConfig({});
  const drawn = await drawDemoItems(quick ? 8 : 48);
  say(`${drawn.length} texts and pictures a turn`);
  return [
    ...(await query(models.text, quick)),
    ...(await rates({
      what: 'texts',
      inputs: drawn.map((one) => ({ text: textOf(one), role: 'item' })),
      open: () => openOnnxTextEncoder(models.text),
      bare: async (threads) => {
        const session = await openBareText(models.text, threads);
        return { ...session, encode: ({ text }: TextInput) => session.encode(text) };
      },
      quick,
    })),
    ...(await rates({
      what: 'pictures',
      inputs: drawn.map(({ picture }) => picture),
      open: () => openOnnxPictureEncoder(models.picture),
      bare: (threads) => openBarePictures(models.picture, threads),
      quick,
    })),
  ];
};

interface Side<Input> extends Pick<Scale, 'quick'> {
  readonly what: keyof typeof COMPARED;
  readonly inputs: readonly Input[];
  readonly open: () => Promise<Encoder<Input>>;
  readonly bare: (threads: number) => Promise<BareSession<Input>>;
}

/** One query's words, as a viewer waits for them. */
async function query(folder: string, quick: boolean): Promise<readonly Finding[]> {
  const [encoder, bare] = [await openOnnxTextEncoder(folder), await openBareText(folder, 1)];
  const queries = madeUpQueries(120);
  const words = (turn: number) => queries[turn % queries.length] ?? '';
  const measured = await paired(
    {
      medley: (turn) => encoder.encode([{ text: words(turn), role: 'query' }]),
      beside: async (turn) => [await bare.encode(words(turn))],
      check: alike(COMPARED.texts),
    },
    { turns: quick ? 5 : 401, warmUp: quick ? 2 : 40 },
  );
  await Promise.all([encoder.close(), bare.close()]);
  const told = {
    what: 'the words of a query encoded',
    beside: 'bare session',
    means: 'With one thread on both sides; for Medley on a thread of its own, so that requests are answered meanwhile.',
  };
  return [inTime(measured, told, { atMost: 1.1 })];
}

async function rates<Input>({ what, inputs, open, bare, quick }: Side<Input>): Promise<readonly Finding[]> {
  const [pool, wide, narrow] = [await open(), await bare(CORES), await bare(1)];
  const against = (session: BareSession<Input>) =>
    paired(
      { medley: () => pool.encode(inputs), beside: () => encodeInOrder(session, inputs), check: alike(COMPARED[what]) },
      { turns: quick ? 3 : 25, warmUp: quick ? 1 : 3 },
    );
  const told = { what: `${what} encoded`, items: inputs.length };
  const findings = [
    asRate(await against(wide), {
      ...told,
      beside: `bare session, ${CORES} threads`,
      means: 'Many at once through the pool; the session takes one after another, its threads work within each.',
    }),
    asRate(
      await against(narrow),
      { ...told, beside: 'bare session, 1 thread', means: `What ${CORES} cores bring through the pool.` },
      { atLeast: 1.7 },
    ),
  ];
  await Promise.all([pool, wide, narrow].map((opened) => opened.close()));
  return findings;
}

async function encodeInOrder<Input>(session: BareSession<Input>, inputs: readonly Input[]): Promise<readonly Vector[]> {
  const vectors: Vector[] = [];
  for (const input of inputs) vectors.push(await session.encode(input));
  return vectors;
}

/** The same directions on both sides: the sums of floats in another order, and nothing more, may differ. */
function alike(dims: number) {
  return (medley: readonly (Vector | EncodingFailure)[], others: readonly (Vector | EncodingFailure)[]): void => {
    assert.equal(medley.length, others.length);
    medley.forEach((own, i) => {
      const other = others[i];
      assert(own instanceof Float32Array && other instanceof Float32Array, 'every input has a vector');
      const cosine = dot(unit(own.subarray(0, dims)), unit(other.subarray(0, dims)));
      assert(cosine > 0.9999, `input ${i}: the cosine of the two vectors is ${cosine}`);
    });
  };
}
