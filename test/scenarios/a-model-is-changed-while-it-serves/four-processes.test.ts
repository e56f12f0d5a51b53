import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { layEmptyDatabases } from '../../support/empty-databases.ts';
import { lostIn } from '../../support/front-door.ts';
import { openPictureHost } from '../../support/picture-host.ts';
import type { PictureHost } from '../../support/picture-host.ts';
import { writePictureModel, writeTextModel } from '../../support/tiny-models.ts';
import { runMedley, startMedley } from '../distributed/running-medley.ts';
import type { RunningMedley } from '../distributed/running-medley.ts';
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

const COUNT = 60;

jest.setTimeout(400_000);

let folder: string;
let env: Readonly<Record<string, string>>;
let host: PictureHost;
let four: RunningMedley;

const run = (...args: readonly string[]) =>
  runMedley({ args: [...args, '--report', join(folder, 'report.jsonl')], env });

const encodedIn = (): Promise<readonly string[]> => spacesOf(four.door);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-four-models-'));
  host = await openPictureHost(await hostedPictures(COUNT));
  env = {
    MEDLEY_DATA_DIR: join(folder, 'data'),
    MEDLEY_IMAGE_URLS: 'any',
    MEDLEY_DEADLINE: '10000',
    MEDLEY_ENCODING_DEADLINE: '10000',
    MEDLEY_VIEWER_DEADLINE: '10000',
    MEDLEY_ENCODER_WORKERS: '1',
  };
  await layEmptyDatabases(join(folder, 'data'));
  const named = {
    MEDLEY_TEXT_MODEL: await writeTextModel(folder, 'words'),
    MEDLEY_IMAGE_MODEL: await writePictureModel(folder, 'looks'),
  };
  const args = ['index', await writeHostedShop(folder, COUNT, host.url), '--report', join(folder, 'report.jsonl')];
  expect(await runMedley({ args, env: { ...env, ...named } })).toMatchObject({ code: 0 });
  four = await startMedley({ args: ['serve', '--distributed'], env });
  four.door.said.push(host.url);
}, 240_000);
afterAll(async () => {
  host.letGo();
  await four.interrupt();
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

describe('four processes', () => {
  it('change a model together: no search fails, and none meets two models', async () => {
    const questions = await questionsFor(four.door, COUNT);
    const before = await Promise.all(questions.map((question) => answerTo(four.door, question)));
    const load = searchUnderLoad(four.door, questions);
    expect(await run('models', 'use', await writeTextModel(folder, 'other-words'))).toMatchObject({ code: 0 });
    await eventually(async () => (await encodedIn()).length === 2);
    const answers = await load.end();
    const after = await Promise.all(questions.map((question) => answerTo(four.door, question)));
    expect(after).not.toEqual(before);
    expectOneOrTheOther(answers, before, after);
    expect(await encodedIn()).toEqual(['looks@1', 'other-words@1']);
  });

  it('wait with the switch for a process that was killed and comes back', async () => {
    const changing = run('models', 'use', await writeTextModel(folder, 'third-words'));
    await eventually(async () => (await encodedIn()).includes('third-words@1'));
    process.kill(four.programs.get('query-embedding')?.pid ?? 0, 'SIGKILL');
    await eventually(async () => lostIn(await four.door.search({ text: 'red mug' })).length === 0);
    expect((await encodedIn()).includes('third-words@1')).toBe(true);
    expect(await changing).toMatchObject({ code: 0 });
    expect(lostIn(await four.door.search({ text: 'blue lamp' }))).toEqual([]);
    await eventually(async () => (await encodedIn()).length === 2);
    expect(lostIn(await four.door.search({ text: 'green rug' }))).toEqual([]);
  });
});
