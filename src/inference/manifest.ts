import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { fieldProblem } from '../runtime/field-problem.ts';
import { ModelFolderError } from './model-folder-error.ts';

const fileName = z.string().regex(/^[\w.-]+$/, 'expected the name of a file inside the folder');
const count = z.int().positive();

const common = {
  name: z.string().min(1),
  version: z.string().min(1),
  /** Vectors of two encoders may be compared when they name the same space. */
  space: z.string().min(1),
  dims: count,
  model: fileName,
  /** The model's output: `[batch, dims]`, or for texts `[batch, tokens, dims]`, which is pooled here. */
  output: z.string(),
  /** Inputs of one run. 1 by default: a thread of its own is fastest so, and no vector depends on its neighbours. */
  batch: count.max(64).default(1),
  origin: z.array(z.record(z.string(), z.unknown())).default([]),
  licence: z.string().min(1),
  /** What the weights were trained on, in words. */
  trainingData: z.string().optional(),
  files: z.record(
    fileName,
    z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'), bytes: count }),
  ),
  measured: z.record(z.string(), z.unknown()).default({}),
};

const textManifest = z.object({
  ...common,
  modality: z.literal('text'),
  tokenizer: fileName,
  maxTokens: count,
  inputs: z
    .object({ ids: z.string(), mask: z.string().optional(), types: z.string().optional() })
    .default({ ids: 'input_ids', mask: 'attention_mask' }),
  pooling: z.enum(['mean', 'cls', 'last']).default('mean'),
  /** `max` for models that were trained on texts of one length (SigLIP). */
  padding: z.enum(['longest', 'max']).default('longest'),
  padId: z.int().nonnegative().optional(),
  prompt: z.object({ query: z.string(), item: z.string() }).default({ query: '', item: '' }),
});

const threeNumbers = z.tuple([z.number(), z.number(), z.number()]);

const pictureShape = z.object({
  width: count.max(2048),
  height: count.max(2048),
  layout: z.enum(['nhwc', 'nchw']),
  dtype: z.enum(['uint8', 'float32']),
  resize: z.enum(['fill', 'cover', 'contain-white']),
  /** For float32: `(pixel / 255 - mean) / std` by channel. */
  mean: threeNumbers.default([0, 0, 0]),
  std: threeNumbers.default([1, 1, 1]),
});

const block = z.object({
  name: z.string().min(1),
  offset: z.int().nonnegative(),
  dims: count,
  treatment: z.enum(['unit', 'standardise']),
  scale: z.number().positive(),
  clip: z.number().positive().optional(),
});

const pictureManifest = z.object({
  ...common,
  modality: z.literal('image'),
  inputs: z.object({ pixels: z.string() }).default({ pixels: 'pixels' }),
  picture: pictureShape,
  blocks: z.array(block).default([]),
});

const manifest = z.discriminatedUnion('modality', [textManifest, pictureManifest], {
  error: 'expected "text" or "image"',
});

export type Manifest = z.infer<typeof manifest>;
export type TextManifest = z.infer<typeof textManifest>;
export type PictureManifest = z.infer<typeof pictureManifest>;
export type PictureShape = z.infer<typeof pictureShape>;

/**
 * Reads `manifest.json` of a model folder and checks its form, its sums and the hashes of its files.
 *
 * @throws ModelFolderError with every problem that was found.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const stated = await readStatement(folder);
  const problems = [...contradictions(stated), ...(await damagedFiles(folder, stated))];
  if (problems.length > 0) throw new ModelFolderError(folder, problems);
  return stated;
}

/** The same, its files taken on trust. @throws ModelFolderError */
export async function readStatement(folder: string): Promise<Manifest> {
  const given = await readJson(folder);
  const parsed = manifest.safeParse(given);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw new ModelFolderError(
    folder,
    issues.map((issue) => fieldProblem(issue, given, 'manifest.json')),
  );
}

async function readJson(folder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as unknown;
  } catch (error) {
    const reason = error instanceof SyntaxError ? `is not JSON: ${error.message}` : 'is missing or cannot be read';
    throw new ModelFolderError(folder, [`manifest.json ${reason}`]);
  }
}

function contradictions(read: Manifest): readonly string[] {
  const needed = read.modality === 'text' ? [read.model, read.tokenizer] : [read.model];
  const unlisted = needed.filter((name) => !read.files[name]).map((name) => `files: ${name} has no hash`);
  if (read.modality === 'text' || read.blocks.length === 0) return unlisted;
  const end = read.blocks.reduce((at, { offset, dims }) => (at === offset ? offset + dims : Number.NaN), 0);
  return end === read.dims
    ? unlisted
    : [...unlisted, `blocks: expected blocks that follow each other and add up to ${read.dims} dims`];
}

async function damagedFiles(folder: string, read: Manifest): Promise<readonly string[]> {
  const checks = Object.entries(read.files).map(async ([name, expected]) => {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (!found) return `${name}: the file is missing`;
    if (found.size !== expected.bytes)
      return `${name}: has ${found.size} bytes, but the manifest has ${expected.bytes}`;
    return (await sha256(join(folder, name))) === expected.sha256
      ? undefined
      : `${name}: its SHA-256 is not that of the manifest`;
  });
  return (await Promise.all(checks)).filter((problem) => problem !== undefined);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
