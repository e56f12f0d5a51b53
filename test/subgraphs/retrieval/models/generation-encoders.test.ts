import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { placeOf } from '../../../../src/inference/releases/model-place.ts';
import type { ModelPlace } from '../../../../src/inference/releases/model-place.ts';
import { Models } from '../../../../src/inference/releases/models.ts';
import { generationEncoders } from '../../../../subgraphs/retrieval/models/generation-encoders.ts';
import { writePictureModel, writeTextModel } from '../../../support/tiny-models.ts';
import { memoryRegister } from './memory-register.ts';

const ASKED = [{ text: 'red mug', role: 'query' as const }];

describe('the encoders of a generation', () => {
  let folder: string;
  let words: ModelPlace;
  let looks: ModelPlace;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-lent-'));
    words = await placeOf(await writeTextModel(folder, 'words'));
    looks = await placeOf(await writePictureModel(folder, 'looks'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Encoders whose register fails the reads of these numbers. */
  function lentBy(...failing: readonly number[]) {
    const register = memoryRegister([words, looks]);
    let reads = 0;
    register.read = () =>
      failing.includes(++reads) ? Promise.reject(new Error('away for a moment')) : Promise.resolve(register.now);
    const models = new Models({ register, named: {}, workers: 1 });
    return { models, encoders: generationEncoders(models) };
  }

  const head = () => ({ textSpace: words.space, imageSpace: looks.space });

  /** What is taken and given back last is closed. */
  async function expectNothingLent(models: Models): Promise<void> {
    const last = await models.takeText(words);
    await last.close();
    await expect(last.encode(ASKED)).resolves.toMatchObject([{ code: 'INTERNAL' }]);
  }

  it('are lent where they can only not be held for those who ask later, and nothing stays behind', async () => {
    const { models, encoders } = lentBy(2);
    const mine = await encoders.of(head());
    expect((await mine.text.encode(ASKED))[0]).toBeInstanceOf(Float32Array);
    await mine.close();
    await expectNothingLent(models);
    const later = await encoders.of(head());
    await later.close();
    const held = await models.takeText(words);
    await held.close();
    expect((await held.encode(ASKED))[0]).toBeInstanceOf(Float32Array);
    await encoders.close();
    await expectNothingLent(models);
  });

  it('are not lent where they cannot be had, and nothing stays behind when that is over', async () => {
    const { models, encoders } = lentBy(1);
    await expect(encoders.of(head())).rejects.toThrow('away for a moment');
    await encoders.close();
    await expectNothingLent(models);
  });
});
