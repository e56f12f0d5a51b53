import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { encodingsFolder } from './folders.ts';

async function withTextModel(manifest: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'medley-text-model-'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return encodingsFolder({ MEDLEY_CACHE_DIR: '/cache', MEDLEY_TEXT_MODEL: folder });
}

describe('what is encoded for the relevance rows', () => {
  it('is kept apart for every model, and for every way of asking one', async () => {
    const minilm = { space: 'minilm@1', files: { 'model.onnx': { sha256: 'a' } }, prompt: { query: '' } };
    const kept = [
      encodingsFolder({ MEDLEY_CACHE_DIR: '/cache' }),
      await withTextModel(minilm),
      await withTextModel({ ...minilm, space: 'bge@1' }),
      await withTextModel({ ...minilm, files: { 'model.onnx': { sha256: 'b' } } }),
      await withTextModel({ ...minilm, prompt: { query: 'find: ' } }),
    ];
    expect(new Set(kept).size).toBe(kept.length);
  });

  it('is kept where only what is told of a model has changed', async () => {
    const model = { space: 'minilm@1', files: { 'model.onnx': { sha256: 'a' } } };
    expect(await withTextModel({ ...model, measured: { recall: 0.8 } })).toBe(await withTextModel(model));
  });
});
