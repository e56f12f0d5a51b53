import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { environment } from '../../../src/runtime/environment.ts';
import type { FrontDoor } from '../../support/front-door.ts';
import { firstByWords, upsert } from '../../support/item-writes.ts';
import { killLeft } from '../../support/medley-process.ts';
import { writeTextModel } from '../../support/tiny-models.ts';
import { openReplicas } from '../replicas-share-only-the-databases/replicas.ts';
import type { Replicas } from '../replicas-share-only-the-databases/replicas.ts';
import { answerTo, eventually, expectOneOrTheOther, questionsFor, searchUnderLoad, spacesOf } from './watched-shop.ts';

const COUNT = 60;

jest.setTimeout(400_000);

const { ELASTICSEARCH_URL: nodes, MEDLEY_TEST_DATABASE_URL: postgresql } = environment();

/** Asked more than once, for two processes take turns. */
async function encodedIn(door: FrontDoor): Promise<readonly string[]> {
  const answers = await Promise.all([1, 2, 3, 4].map(() => spacesOf(door)));
  return [...new Set(answers.flat())].sort();
}

describe('two of each program on Elasticsearch and PostgreSQL', () => {
  if (nodes === undefined || postgresql === undefined) {
    it.todo('needs both servers: set ELASTICSEARCH_URL and MEDLEY_TEST_DATABASE_URL, or MEDLEY_TEST_SERVERS=on');
    return;
  }
  let folder: string;
  let replicas: Replicas;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-replicas-models-'));
    replicas = await openReplicas({ nodes: nodes.split(','), postgresql });
  }, 300_000);
  afterAll(async () => {
    await (replicas as Replicas | undefined)?.close();
    await killLeft();
    await rm(folder, { recursive: true, force: true });
  });

  it('change a model together by a job beside them: no search fails, and none meets two models', async () => {
    const [one, other] = replicas.doors as [FrontDoor, FrontDoor];
    const questions = (await questionsFor(one, COUNT)).filter((_, n) => n % 2 === 0);
    const before = await Promise.all(questions.map((question) => answerTo(one, question)));
    const loads = [one, other].map((door) => searchUnderLoad(door, questions));
    const model = await writeTextModel(folder, 'other-words');
    const job = replicas.job('models', 'use', model, '--report', join(folder, 'report.jsonl'));
    await eventually(async () => (await encodedIn(one)).includes('other-words@1'));
    expect(await upsert(other, { id: 'live', title: 'Teal ocarina' })).toMatchObject({ accepted: 1 });
    expect([await job.ended, job.printed()]).toEqual([0, expect.stringContaining('other-words@1')]);
    await eventually(async () => (await encodedIn(one)).length === 2);
    const answers = await Promise.all(loads.map((load) => load.end()));
    const after = await Promise.all(questions.map((question) => answerTo(one, question)));
    expect(after).not.toEqual(before);
    for (const all of answers) expectOneOrTheOther(all, before, after);
    expect([await firstByWords(one, 'Teal ocarina'), await firstByWords(other, 'Teal ocarina')]).toEqual([
      'live',
      'live',
    ]);
    expect(await upsert(one, { id: 'later', title: 'Zephyr kettle' })).toMatchObject({ accepted: 1 });
    expect(await firstByWords(other, 'Zephyr kettle')).toBe('later');
  });
});
