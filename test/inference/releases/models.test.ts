import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openFolderModelRegister } from '../../../src/inference/releases/folder-model-register.ts';
import { DEFAULT_MODELS } from '../../../src/inference/releases/model-folders.ts';
import { placeOf } from '../../../src/inference/releases/model-place.ts';
import type { ModelPlace } from '../../../src/inference/releases/model-place.ts';
import type { ModelRegister } from '../../../src/inference/releases/model-register.ts';
import { Models } from '../../../src/inference/releases/models.ts';
import { writePictureModel, writeTextModel } from '../../support/tiny-models.ts';
import { WITHOUT_MODELS } from '../model-folders.ts';

let folder: string;
let register: ModelRegister;
let words: ModelPlace;
let looks: ModelPlace;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-releases-'));
  register = openFolderModelRegister(join(folder, 'data'));
  words = await placeOf(await writeTextModel(folder, 'words'));
  looks = await placeOf(await writePictureModel(folder, 'looks'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('what a catalogue is indexed with', () => {
  (WITHOUT_MODELS === undefined ? it : it.skip)('is what ships, while nothing else is said', async () => {
    const { text, picture } = await new Models({ register, named: {} }).chosen();
    expect([text.folder, picture.folder]).toEqual([DEFAULT_MODELS.text, DEFAULT_MODELS.picture]);
  });

  it('is what is in use, and what the settings name goes before that', async () => {
    await register.update((now) => ({ ...now, inUse: [words, looks] }));
    expect(await new Models({ register, named: {} }).chosen()).toEqual({ text: words, picture: looks });
    const other = await placeOf(await writeTextModel(folder, 'other-words'));
    const chosen = await new Models({ register, named: { text: other.folder } }).chosen();
    expect(chosen).toEqual({ text: other, picture: looks });
  });
});

describe('the model of a space', () => {
  it('is found where it was used before', async () => {
    await register.update(() => ({ inUse: [], before: [words] }));
    const models = new Models({ register, named: {} });
    expect(await models.find({ modality: 'TEXT', space: 'words@1' })).toEqual(words);
  });

  it('is found among what the settings name, where its folder was moved', async () => {
    const moved = join(folder, 'moved');
    await rename(words.folder, moved);
    const models = new Models({ register, named: { text: moved } });
    expect(await models.find(words)).toEqual({ ...words, folder: moved });
    await rename(moved, words.folder);
  });

  it('is refused where no folder has it, and never taken for another one', async () => {
    const models = new Models({ register, named: { text: words.folder } });
    await expect(models.find({ modality: 'TEXT', space: 'words@2' })).rejects.toMatchObject({ code: 'SPACE_MISMATCH' });
    await expect(models.find({ modality: 'IMAGE', space: 'words@1' })).rejects.toThrow(/MEDLEY_IMAGE_MODEL/);
  });

  it('is loaded once for all who use it, and closed when the last has given it back', async () => {
    const models = new Models({ register, named: {}, workers: 1 });
    const [one, two] = await Promise.all([models.takeText(words), models.takeText(words)]);
    await one.close();
    await one.close();
    const [encoded] = await two.encode([{ text: 'red mug', role: 'query' }]);
    expect(encoded).toBeInstanceOf(Float32Array);
    await two.close();
    await expect(two.encode([{ text: 'red mug', role: 'query' }])).resolves.toMatchObject([{ code: 'INTERNAL' }]);
    const again = await models.takeText(words);
    expect((await again.encode([{ text: 'red mug', role: 'query' }]))[0]).toEqual(encoded);
    await again.close();
  });
});
