import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TextInput } from '../../src/inference/encoder.ts';
import { openEncoders } from '../../src/inference/open-encoders.ts';
import { openOnnxPictureEncoder } from '../../src/inference/onnx-picture-encoder.ts';
import { openOnnxTextEncoder } from '../../src/inference/onnx-text-encoder.ts';
import { tokenizer } from '../support/tiny-models.ts';
import { plainPicture } from './pictures.ts';
import { onnxModel } from './tiny-onnx.ts';

/** Mean colour: pixel_values [b, 3, h, w] -> image_embeds [b, 3]. */
const PICTURE_TOWER = onnxModel({
  inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, 4, 4] }],
  outputs: [{ name: 'image_embeds', type: 'float32', shape: ['batch', 3] }],
  nodes: [
    { op: 'GlobalAveragePool', from: ['pixel_values'], to: 'pooled' },
    { op: 'Flatten', from: ['pooled'], to: 'image_embeds' },
  ],
});

/** A table of colours by token, not pooled: ids [b, s] -> last_hidden_state [b, s, 3]. */
const WORDS = {
  '[PAD]': [9, 9, 9],
  '[UNK]': [0, 0, 0],
  '[CLS]': [0, 0, 1],
  '[SEP]': [0, 0, 0],
  red: [1, 0, 0],
  green: [0, 1, 0],
};
const TEXT_TOWER = onnxModel({
  inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
    name,
    type: 'int64',
    shape: ['batch', 'tokens'],
  })),
  outputs: [{ name: 'last_hidden_state', type: 'float32', shape: ['batch', 'tokens', 3] }],
  nodes: [{ op: 'Gather', from: ['table', 'input_ids'], to: 'last_hidden_state' }],
  constants: [{ name: 'table', dims: [6, 3], values: Object.values(WORDS).flat() }],
});

const TOKENIZER = tokenizer(Object.keys(WORDS));

const common = { version: '1', space: 'colours@1', dims: 3, model: 'model.onnx', licence: 'MIT' };
const picture = {
  ...common,
  name: 'picture-tower',
  modality: 'image',
  inputs: { pixels: 'pixel_values' },
  output: 'image_embeds',
  picture: {
    width: 4,
    height: 4,
    layout: 'nchw',
    dtype: 'float32',
    resize: 'fill',
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
  },
};
const text = {
  ...common,
  name: 'text-tower',
  modality: 'text',
  tokenizer: 'tokenizer.json',
  maxTokens: 8,
  inputs: { ids: 'input_ids', mask: 'attention_mask', types: 'token_type_ids' },
  output: 'last_hidden_state',
};

describe('ONNX towers of your own', () => {
  let root: string;
  const folder = (name: string, manifest: object, files: Readonly<Record<string, string | Buffer>>): string => {
    const made = join(root, name);
    mkdirSync(made);
    const hashes = Object.entries(files).map(([file, content]) => {
      const bytes = Buffer.from(content as string);
      writeFileSync(join(made, file), bytes);
      return [file, { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }] as const;
    });
    writeFileSync(join(made, 'manifest.json'), JSON.stringify({ ...manifest, files: Object.fromEntries(hashes) }));
    return made;
  };
  const textFolder = (name: string, changes: object = {}): string =>
    folder(name, { ...text, ...changes }, { 'model.onnx': TEXT_TOWER, 'tokenizer.json': TOKENIZER });
  const encodeTexts = async (made: string, texts: readonly string[]): Promise<readonly (readonly number[])[]> => {
    const encoder = await openOnnxTextEncoder(made, { workers: 1 });
    const vectors = await encoder.encode(texts.map((words): TextInput => ({ text: words, role: 'item' })));
    await encoder.close();
    return vectors.map((vector) => Array.from(vector as Float32Array, (x) => Math.round(x * 100) / 100));
  };

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'medley-towers-'));
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('share one space by their manifests alone', async () => {
    const made = folder('picture', picture, { 'model.onnx': PICTURE_TOWER });
    const encoders = await openEncoders({ text: textFolder('text'), picture: made, workers: 1 });
    const [vector] = await encoders.picture.encode([await plainPicture('#ff0000')]);
    await encoders.close();
    expect(encoders.picture.space).toBe(encoders.text.space);
    const third = 1 / Math.sqrt(3);
    [third, -third, -third].forEach((x, i) => {
      expect((vector as Float32Array)[i]).toBeCloseTo(x, 4);
    });
  });

  it('may leave pooling to Medley: over the words, padding not counted', async () => {
    const vectors = await encodeTexts(textFolder('mean', { batch: 4 }), ['red red', 'red', 'green green green']);
    expect(vectors).toEqual([
      [0.89, 0, 0.45],
      [0.71, 0, 0.71],
      [0, 0.95, 0.32],
    ]);
  });

  it('may pool by the first token, and want every text of one length', async () => {
    const made = textFolder('cls', { pooling: 'cls', padding: 'max', prompt: { query: '', item: 'green ' } });
    await expect(encodeTexts(made, ['red'])).resolves.toEqual([[0, 0, 1]]);
  });

  it('are told apart from their manifests at start', async () => {
    const wired = { ...picture, inputs: { pixels: 'pixels' }, output: 'features' };
    const made = folder('wired', wired, { 'model.onnx': PICTURE_TOWER });
    await expect(openOnnxPictureEncoder(made, { workers: 1 })).rejects.toMatchObject({
      problems: [
        'inputs: the model has no pixels; it has pixel_values',
        "inputs: the manifest gives nothing for the model's pixel_values",
        'output: the model has no features; it has image_embeds',
      ],
    });
    const wide = folder('wide', { ...picture, dims: 4 }, { 'model.onnx': PICTURE_TOWER });
    await expect(openOnnxPictureEncoder(wide, { workers: 1 })).rejects.toThrow(
      'the model gives 3, but the manifest has 4',
    );
  });

  it('are refused when the file is no model', async () => {
    const made = folder('broken', picture, { 'model.onnx': 'not a model' });
    await expect(openOnnxPictureEncoder(made, { workers: 1 })).rejects.toMatchObject({ name: 'ModelFolderError' });
  });
});
