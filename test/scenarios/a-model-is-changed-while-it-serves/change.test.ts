import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { plainPicture } from '../../inference/pictures.ts';
import { layEmptyDatabases } from '../../support/empty-databases.ts';
import { firstByLooks, firstByWords, readItem, remove, upsert } from '../../support/item-writes.ts';
import { killLeft, medleyProcess, serveMedley } from '../../support/medley-process.ts';
import type { MedleyProcess, ServingProcess } from '../../support/medley-process.ts';
import { openPictureHost } from '../../support/picture-host.ts';
import type { PictureHost } from '../../support/picture-host.ts';
import { writePictureModel, writeTextModel } from '../../support/tiny-models.ts';
import {
  answerTo,
  eventually,
  expectOneOrTheOther,
  hostedPictures,
  questionsFor,
  searchUnderLoad,
  spacesOf,
  writeHostedShop,
} from './watched-shop.ts';

const COUNT = 150;

jest.setTimeout(400_000);

let folder: string;
let models: Readonly<Record<'words' | 'looks' | 'otherWords' | 'otherLooks', string>>;
let env: Readonly<Record<string, string>>;
let host: PictureHost;
let shop: ServingProcess;

function medley(...args: readonly string[]): MedleyProcess {
  return medleyProcess(args, env);
}

function use(...names: readonly string[]): MedleyProcess {
  return medley('models', 'use', ...names, '--report', join(folder, 'report.jsonl'));
}

const encodedIn = (): Promise<readonly string[]> => spacesOf(shop);

async function builtAt(): Promise<string> {
  const { data } = await shop.ask<{ catalogue: { builtAt: string } }>('{ catalogue { builtAt } }');
  return data.catalogue.builtAt;
}

async function serve(): Promise<void> {
  shop = await serveMedley(env);
  shop.said.push(host.url);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-models-'));
  models = {
    words: await writeTextModel(folder, 'words'),
    looks: await writePictureModel(folder, 'looks'),
    otherWords: await writeTextModel(folder, 'other-words'),
    otherLooks: await writePictureModel(folder, 'other-looks'),
  };
  host = await openPictureHost(await hostedPictures(COUNT));
  env = {
    MEDLEY_DATA_DIR: join(folder, 'data'),
    MEDLEY_IMAGE_URLS: 'any',
    MEDLEY_DEADLINE: '10000',
    MEDLEY_ENCODING_DEADLINE: '10000',
    MEDLEY_VIEWER_DEADLINE: '10000',
  };
  await layEmptyDatabases(join(folder, 'data'));
  // Only the first index says which models: what serves then goes on with them.
  const named = { ...env, MEDLEY_TEXT_MODEL: models.words, MEDLEY_IMAGE_MODEL: models.looks };
  const catalogue = await writeHostedShop(folder, COUNT, host.url);
  const first = medleyProcess(['index', catalogue, '--report', join(folder, 'report.jsonl')], named);
  expect([await first.ended, first.printed()]).toEqual([0, expect.stringContaining('words@1 and looks@1')]);
  await serve();
});
afterAll(async () => {
  host.letGo();
  await killLeft();
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

describe('medley models use', () => {
  it('refuses what cannot be used, with every reason, and nothing changes', async () => {
    const before = await builtAt();
    for (const [names, why] of [
      [[join(folder, 'nothing')], /INVALID_MODEL.*nothing[^]*minilm-l6-v2/],
      [[folder], /INVALID_MODEL[^]*manifest\.json/],
      [[models.words, models.otherWords], /INVALID_INPUT: Two models of the same kind/],
    ] as const) {
      const refused = use(...names);
      expect([await refused.ended, refused.printed()]).toEqual([1, expect.stringMatching(why)]);
    }
    const same = use(models.words);
    expect([await same.ended, same.printed()]).toEqual([0, expect.stringContaining('nothing to change')]);
    expect(await builtAt()).toBe(before);
  });

  it('answers every search by the old models, then by the new ones, whole; live writes are in both', async () => {
    const questions = await questionsFor(shop, COUNT);
    const before = await Promise.all(questions.map((question) => answerTo(shop, question)));
    const early = await shop.upload(await plainPicture('#ff00ff'));
    await upsert(shop, { id: 'early', title: 'Zephyr kettle', images: [{ imageId: early }] });
    const load = searchUnderLoad(shop, questions);
    const changing = use(models.otherWords, models.otherLooks);
    await eventually(async () => (await encodedIn()).includes('other-words@1'));
    const imageId = await shop.upload(await plainPicture('#00ff90'));
    expect(await upsert(shop, { id: 'live', title: 'Teal ocarina', images: [{ imageId }] })).toMatchObject({
      accepted: 1,
    });
    expect(await remove(shop, 'i005')).toMatchObject({ accepted: 1 });
    expect(await encodedIn()).toEqual(['looks@1', 'other-looks@1', 'other-words@1', 'words@1']);
    expect([await changing.ended, changing.printed()]).toEqual([
      0,
      expect.stringContaining('other-words@1 and other-looks@1'),
    ]);
    const after = await Promise.all(questions.map((question) => answerTo(shop, question)));
    await eventually(async () => (await encodedIn()).length === 2);
    const answers = await load.end();
    expect(after).not.toEqual(before);
    expectOneOrTheOther(answers, before, after);
    expect(answers.some((all) => all.size === 2)).toBe(true);
    expect([await firstByWords(shop, 'Teal ocarina'), await firstByLooks(shop, '#00ff90')]).toEqual(['live', 'live']);
    expect([await firstByWords(shop, 'Zephyr kettle'), await firstByLooks(shop, '#ff00ff')]).toEqual([
      'early',
      'early',
    ]);
    expect(await readItem(shop, 'i005')).toBeNull();
  });

  it('goes on with the new models after a restart, and says which serve', async () => {
    const questions = await questionsFor(shop, COUNT);
    const before = await Promise.all(questions.map((question) => answerTo(shop, question)));
    shop.child.kill('SIGTERM');
    await shop.ended;
    await serve();
    expect(await encodedIn()).toEqual(['other-looks@1', 'other-words@1']);
    expect(await Promise.all(questions.map((question) => answerTo(shop, question)))).toEqual(before);
    const list = medley('models', 'list');
    await list.ended;
    expect(list.printed()).toMatch(/^other-words .*in use$/m);
    expect(list.printed()).toMatch(/^minilm-l6-v2 .*Apache-2\.0$/m);
  });

  it('of the old models again is what a rollback does, without a search that fails', async () => {
    const questions = await questionsFor(shop, COUNT);
    const [now, load] = [await encodedIn(), searchUnderLoad(shop, questions)];
    const back = medley('rollback');
    expect([await back.ended, back.printed()]).toEqual([0, expect.stringContaining('serves')]);
    await eventually(async () => (await encodedIn()).length === 2);
    const answers = await load.end();
    expect(await encodedIn()).not.toEqual(now);
    expect(answers.flatMap((all) => [...all]).filter((answer) => !/^[\d.]+$/.test(answer))).toEqual([]);
    expect(await firstByWords(shop, 'Zephyr kettle')).toBe('early');
  });
});

describe('a change of models that is cut off', () => {
  it('is taken up again when the server that was killed comes back, and nothing is encoded twice', async () => {
    // Another look at every picture, of which most are seen before the rest is held back.
    const third = await writePictureModel(folder, 'third-looks');
    host.hold(140);
    const before = await builtAt();
    const asked = host.asked;
    const changing = use(third);
    await eventually(() => host.asked >= asked + 141);
    shop.child.kill('SIGKILL');
    expect(await changing.ended).toBe(1);
    expect(changing.printed()).toMatch(/INTERRUPTED.*It will continue when it starts again/);
    const seen = host.asked;
    host.letGo();
    await serve();
    await eventually(async () => (await builtAt()) !== before);
    await eventually(async () => (await encodedIn()).includes('third-looks@1'));
    expect(host.asked - seen).toBeLessThan(100);
    const questions = await questionsFor(shop, COUNT);
    const said = await Promise.all(questions.map((question) => answerTo(shop, question)));
    expect(said.filter((answer) => !/^[\d.]+$/.test(answer))).toEqual([]);
  });

  it('goes on when whoever asked for it has hung up, and is taken back by asking for what serves', async () => {
    const before = await builtAt();
    host.hold(10);
    const asked = host.asked;
    const changing = use(await writePictureModel(folder, 'fourth-looks'));
    await eventually(() => host.asked > asked + 10);
    changing.child.kill('SIGINT');
    await changing.ended;
    await eventually(async () => (await encodedIn()).includes('fourth-looks@1'));
    const takenBack = use(join(folder, 'third-looks'));
    expect([await takenBack.ended, takenBack.printed()]).toEqual([0, expect.stringContaining('nothing to change')]);
    host.letGo();
    await eventually(async () => (await encodedIn()).length === 2);
    expect([await builtAt(), await encodedIn()]).toEqual([before, ['third-looks@1', 'words@1']]);
  });
});

describe('medley models verify', () => {
  it('says of a model what it was trained on, its licence and its figures, and what is wrong with another', async () => {
    const verified = medley('models', 'verify');
    expect(await verified.ended).toBe(0);
    expect(verified.printed()).toMatch(/minilm-l6-v2.*Apache-2\.0 {2}ok[^]*trained on {2}over a billion[^]*measured/);
    const broken = medley('models', 'verify', join(folder, 'words'), folder);
    expect([await broken.ended, broken.printed()]).toEqual([1, expect.stringMatching(/words.*ok[^]*manifest\.json/)]);
  });
});
