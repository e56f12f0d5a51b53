import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readManifest } from '../../src/inference/manifest.ts';

const MODEL = 'not really a model';

const good = {
  name: 'clip',
  version: '1',
  space: 'clip@1',
  modality: 'image',
  dims: 512,
  model: 'model.onnx',
  output: 'image_embeds',
  inputs: { pixels: 'pixel_values' },
  picture: {
    width: 224,
    height: 224,
    layout: 'nchw',
    dtype: 'float32',
    resize: 'cover',
    mean: [0.48, 0.46, 0.41],
    std: [0.27, 0.26, 0.28],
  },
  licence: 'MIT',
  files: { 'model.onnx': { sha256: createHash('sha256').update(MODEL).digest('hex'), bytes: MODEL.length } },
};

describe('the manifest of a model', () => {
  let folder: string;
  const read = (manifest: unknown) => {
    writeFileSync(join(folder, 'manifest.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
    return readManifest(folder);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'medley-model-'));
    writeFileSync(join(folder, 'model.onnx'), MODEL);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is enough to bring a CLIP picture tower', async () => {
    await expect(read(good)).resolves.toMatchObject({ space: 'clip@1', batch: 1, blocks: [] });
  });

  it('has all its problems told together', async () => {
    const outcome = read({ ...good, dims: -1, name: '', picture: { ...good.picture, layout: 'whcn' } });
    await expect(outcome).rejects.toMatchObject({
      code: 'INVALID_MODEL',
      problems: [
        expect.stringMatching(/^name/),
        expect.stringMatching(/^dims: expected /),
        expect.stringMatching(/^picture.layout/),
      ],
    });
  });

  it('says that it is missing, or not JSON', async () => {
    await expect(readManifest(join(folder, 'nowhere'))).rejects.toThrow('manifest.json is missing');
    await expect(read('{ "name": ')).rejects.toThrow('manifest.json is not JSON');
  });

  it('finds a file that was changed, cut or left out', async () => {
    writeFileSync(join(folder, 'model.onnx'), 'not really the model'.slice(0, MODEL.length));
    await expect(read(good)).rejects.toThrow('model.onnx: its SHA-256 is not');
    writeFileSync(join(folder, 'model.onnx'), 'cut');
    await expect(read(good)).rejects.toThrow('model.onnx: has 3 bytes');
    rmSync(join(folder, 'model.onnx'));
    await expect(read(good)).rejects.toThrow('model.onnx: the file is missing');
  });

  it('refuses files outside the folder, and blocks that do not add up', async () => {
    await expect(read({ ...good, model: '../model.onnx' })).rejects.toThrow('inside the folder');
    const block = { name: 'backbone', offset: 0, dims: 500, treatment: 'unit', scale: 1 };
    await expect(read({ ...good, blocks: [block] })).rejects.toThrow('add up to 512');
  });
});
