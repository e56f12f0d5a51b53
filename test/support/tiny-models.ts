import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onnxModel } from '../inference/tiny-onnx.ts';

const DIMS = 32;
const SIDE = 4;

/** Words that every tiny model of words knows; others it takes for one and the same. */
const WORDS =
  'alba boreas cirrus dune ember mug lamp rug bag chair vase red blue green yellow black violet orange grey home mugs lamps rugs ' +
  'bags chairs vases kappel nordhagen ostara a of the series ocarina kettle zephyr mandolin teal';

/**
 * Writes a model folder whose words have directions by chance, others for each name: vectors of two such models say nothing to each
 * other, though they have as many dimensions. Resolves to the folder.
 */
export async function writeTextModel(folder: string, name: string): Promise<string> {
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
  const vocabulary = [...special, ...WORDS.split(' '), '.', ','];
  const table = vocabulary.flatMap((word) =>
    special.includes(word) && word !== '[UNK]' ? Array<number>(DIMS).fill(0) : chance(`${name} ${word}`, DIMS),
  );
  const model = onnxModel({
    inputs: ['input_ids', 'attention_mask'].map((input) => ({
      name: input,
      type: 'int64',
      shape: ['batch', 'tokens'],
    })),
    outputs: [{ name: 'last_hidden_state', type: 'float32', shape: ['batch', 'tokens', DIMS] }],
    nodes: [{ op: 'Gather', from: ['table', 'input_ids'], to: 'last_hidden_state' }],
    constants: [{ name: 'table', dims: [vocabulary.length, DIMS], values: table }],
  });
  const manifest = {
    modality: 'text',
    tokenizer: 'tokenizer.json',
    maxTokens: 64,
    // The mask is asked for and not used: a model has to name what it is given.
    inputs: { ids: 'input_ids', mask: 'attention_mask' },
    output: 'last_hidden_state',
  };
  return writeModel(folder, {
    name,
    manifest,
    files: { 'model.onnx': model, 'tokenizer.json': tokenizer(vocabulary) },
  });
}

/** Likewise one of pictures, which sees them as 4 x 4 points. */
export async function writePictureModel(folder: string, name: string): Promise<string> {
  const points = SIDE * SIDE * 3;
  const model = onnxModel({
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, SIDE, SIDE] }],
    outputs: [{ name: 'image_embeds', type: 'float32', shape: ['batch', DIMS] }],
    nodes: [
      { op: 'Flatten', from: ['pixel_values'], to: 'points' },
      { op: 'MatMul', from: ['points', 'mix'], to: 'image_embeds' },
    ],
    constants: [{ name: 'mix', dims: [points, DIMS], values: chance(name, points * DIMS) }],
  });
  const half = [0.5, 0.5, 0.5];
  const manifest = {
    modality: 'image',
    inputs: { pixels: 'pixel_values' },
    output: 'image_embeds',
    picture: { width: SIDE, height: SIDE, layout: 'nchw', dtype: 'float32', resize: 'fill', mean: half, std: half },
  };
  return writeModel(folder, { name, manifest, files: { 'model.onnx': model } });
}

interface Model {
  readonly name: string;
  readonly manifest: object;
  readonly files: Readonly<Record<string, Buffer | string>>;
}

async function writeModel(folder: string, { name, manifest, files }: Model): Promise<string> {
  const made = join(folder, name);
  await mkdir(made, { recursive: true });
  const hashes: Record<string, object> = {};
  for (const [file, content] of Object.entries(files)) {
    const bytes = Buffer.from(content as string);
    await writeFile(join(made, file), bytes);
    hashes[file] = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  }
  const common = { name, version: '1', space: `${name}@1`, dims: DIMS, model: 'model.onnx', licence: 'Apache-2.0' };
  await writeFile(join(made, 'manifest.json'), JSON.stringify({ ...common, ...manifest, files: hashes }));
  return made;
}

/** A tokenizer that knows these words, as tokenizer.json holds it. */
export function tokenizer(vocabulary: readonly string[]): string {
  const special = (token: string) => [token, vocabulary.indexOf(token)];
  return JSON.stringify({
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: { type: 'BertProcessing', sep: special('[SEP]'), cls: special('[CLS]') },
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
    },
  });
}

/** So many numbers of -1 and 1, by chance, the same each time. */
function chance(seed: string, count: number): readonly number[] {
  return Array.from({ length: Math.ceil(count / 256) }, (_, part) =>
    [
      ...createHash('sha256')
        .update(`${seed} ${String(part)}`)
        .digest(),
    ].flatMap((byte) => Array.from({ length: 8 }, (_bit, bit) => ((byte >> bit) & 1 ? 1 : -1))),
  )
    .flat()
    .slice(0, count);
}
