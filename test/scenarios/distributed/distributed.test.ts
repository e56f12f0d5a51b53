import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paint, writeCornerShop } from '../../support/corner-shop.ts';
import { codesOf, lostIn } from '../../support/front-door.ts';
import type { Found, FrontDoor } from '../../support/front-door.ts';
import { isAlive, until } from '../../support/is-alive.ts';
import { readItem, upsert } from '../../support/item-writes.ts';
import { MISTAKES, QUESTIONS } from './questions.ts';
import { runMedley, startGateway, startMedley } from './running-medley.ts';
import type { RunningMedley } from './running-medley.ts';
import { STORIES, choose, profileOf } from './stories.ts';

/** A machine that runs all tests is slow; what is promised here is the answer, not how soon it comes. */
const PATIENT = {
  MEDLEY_DEADLINE: '60000',
  MEDLEY_ENCODING_DEADLINE: '30000',
  MEDLEY_VIEWER_DEADLINE: '30000',
  MEDLEY_ENCODER_WORKERS: '1',
};
const MEDLEY_SECRET = randomUUID();

interface Shelves {
  readonly recommendations: readonly Pick<Found, 'degradations'>[];
}

let folder: string;
let one: RunningMedley;
let four: RunningMedley;
/** A gateway before the subgraphs of the four, with a data folder in which nothing is. */
let elsewhere: Awaited<ReturnType<typeof startGateway>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-distributed-'));
  const catalogue = await writeCornerShop(folder, 60);
  const [whole, parts] = [join(folder, 'one'), join(folder, 'four')];
  const index = ['index', catalogue, '--report', join(folder, 'report.jsonl')];
  expect(await runMedley({ args: index, env: { ...PATIENT, MEDLEY_DATA_DIR: whole } })).toMatchObject({ code: 0 });
  await cp(whole, parts, { recursive: true, verbatimSymlinks: true });
  [one, four] = await Promise.all([
    startMedley({ args: ['serve'], env: { ...PATIENT, MEDLEY_DATA_DIR: whole } }),
    startMedley({ args: ['serve', '--distributed'], env: { ...PATIENT, MEDLEY_SECRET, MEDLEY_DATA_DIR: parts } }),
  ]);
  elsewhere = await startGateway(four, { ...PATIENT, MEDLEY_SECRET, MEDLEY_DATA_DIR: join(folder, 'elsewhere') });
}, 240_000);

afterAll(async () => {
  await elsewhere.stop();
  await Promise.all([one, four].map((medley) => medley.interrupt()));
  await rm(folder, { recursive: true, force: true });
});

describe('four processes answer as one does', () => {
  it.each(Object.entries(QUESTIONS))('asked for %s', async (_, ask) => {
    const [alone, together] = [await ask(one.door), await ask(four.door)];
    expect(alone).toMatchObject({ status: 200, errors: [] });
    expect(together).toEqual(nearly(alone));
  });

  it.each(Object.entries({ ...MISTAKES, ...STORIES }))('%s', async (_, story) => {
    const [alone, together] = [await story(one.door), await story(four.door)];
    expect(together).toEqual(nearly(alone));
  });

  it('and refuse who calls a subgraph without the secret', async () => {
    const paths = [
      'graphql',
      'internal/uploads/get',
      'internal/evidence/shown',
      'internal/pictures/get',
      'internal/behaviour/trending',
    ];
    for (const [name, { url }] of four.programs) {
      if (name === 'gateway') continue;
      for (const path of paths) {
        const { status } = await fetch(new URL(path, url), { method: 'POST', body: '[]' });
        expect([name, path, status]).toEqual([name, path, 401]);
      }
    }
  });
});

describe('a gateway on a machine of its own', () => {
  it('serves the picture that an item came with, for caches to keep for good', async () => {
    const { path, bytes } = await keep('shown', 'orange');
    const forGood = 'public, max-age=31536000, immutable';
    expect(await seen(elsewhere.door, path)).toEqual({ status: 200, cache: forGood, bytes });
  });
});

describe('a process that is killed', () => {
  it('costs the pictures and meanings of a search when it is query-embedding, and comes back by itself', async () => {
    kill('query-embedding');
    const picture = { method: 'POST', headers: { 'content-type': 'image/png' }, body: Buffer.from('any') };
    const [found, upload] = await Promise.all([
      four.door.search({ text: 'red mug' }),
      four.door.send('/images', picture),
    ]);
    expect([upload.status, upload.text]).toEqual([503, expect.stringContaining('QUERY_EMBEDDING_UNAVAILABLE')]);
    expect(lostIn(found)).toEqual(['QUERY_EMBEDDING_UNREACHABLE']);
    expect(found.edges.length).toBeGreaterThan(0);
    await until(async () => lostIn(await four.door.search({ text: 'red mug' })).length === 0);
  });

  it('costs what is the viewer’s own when it is user-profile, and comes back with what it knew', async () => {
    await choose(four.door, 'cleo');
    const { data: known } = await profileOf(four.door, 'cleo');
    kill('user-profile');
    const [found, shelves, recorded] = await Promise.all([
      four.door.search({ text: 'red mug', userId: 'cleo' }),
      four.door.ask<Shelves>('{ recommendations(input: { shelves: [{ kind: TRENDING }] }) { degradations { code } } }'),
      four.door.ask('mutation { recordEvents(events: []) { accepted } }'),
    ]);
    expect(lostIn(found)).toEqual(['USER_PROFILE_UNREACHABLE']);
    const [trending] = shelves.data.recommendations;
    expect(trending && lostIn(trending)).toEqual(['USER_PROFILE_UNREACHABLE', 'BEHAVIOUR_UNREACHABLE']);
    expect(codesOf(recorded)).toEqual(['USER_PROFILE_UNAVAILABLE']);
    await until(async () => lostIn(await four.door.search({ text: 'red mug', userId: 'cleo' })).length === 0);
    expect((await profileOf(four.door, 'cleo')).data).toEqual(nearly(known));
  });

  it('is a clean error when it is retrieval, and comes back by itself', async () => {
    const query = '{ search(input: { text: "red mug" }) { edges { itemId } } }';
    const [shown, unseen] = [await keep('shown', 'orange'), await keep('unseen', 'yellow')];
    await seen(elsewhere.door, shown.path);
    kill('retrieval');
    const answer = await four.door.ask(query);
    expect([codesOf(answer), answer.status]).toEqual([['RETRIEVAL_UNAVAILABLE'], 503]);
    const picture = await elsewhere.door.send(unseen.path);
    expect([picture.status, picture.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(picture.text).toContain('RETRIEVAL_UNAVAILABLE');
    expect(await seen(elsewhere.door, shown.path)).toMatchObject({ status: 200, bytes: shown.bytes });
    await until(async () => (await four.door.ask(query)).errors.length === 0);
    await until(async () => (await seen(elsewhere.door, unseen.path)).status === 200);
  });

  it('comes back by itself when it is the gateway', async () => {
    kill('gateway');
    await until(() =>
      four.door.send('/health/ready').then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
    expect(lostIn(await four.door.search({ text: 'red mug' }))).toEqual([]);
  });
});

describe('four processes end together', () => {
  it('when they are interrupted', async () => {
    const pids = four.pids();
    expect(pids).toHaveLength(5);
    expect(await four.interrupt()).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('when one of them cannot start, and say which and why', async () => {
    const { code, said } = await runMedley({
      args: ['serve', '--distributed'],
      env: { MEDLEY_DATA_DIR: join(folder, 'other'), MEDLEY_TEXT_MODEL: join(folder, 'no-model') },
    });
    expect(code).toBe(1);
    expect(said).toMatch(/^INVALID_MODEL: /m);
    expect(said).toMatch(/^NOT_READY: (query-embedding|retrieval) ended while it was starting/m);
  });
});

/** Writes an item with a picture that was uploaded; resolves to its bytes and the path that they are served at. */
async function keep(id: string, colour: 'orange' | 'yellow') {
  const bytes = Buffer.from(await paint('chair', colour));
  const imageId = await four.door.upload(bytes);
  expect(await upsert(four.door, { id, title: `Chair ${id}`, images: [{ imageId }] })).toMatchObject({ accepted: 1 });
  return { bytes, path: (await readItem(four.door, id))?.images[0]?.url ?? '' };
}

async function seen(door: FrontDoor, path: string) {
  const answer = await fetch(new URL(path, door.url));
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, cache: answer.headers.get('cache-control'), bytes };
}

function kill(name: string): void {
  process.kill(four.programs.get(name)?.pid ?? 0, 'SIGKILL');
}

/** The same answer but for what is made anew for each request, and for what a second of freshness changes. */
function nearly(answer: unknown): unknown {
  if (typeof answer === 'number') return Number.isInteger(answer) ? answer : expect.closeTo(answer, 3);
  if (Array.isArray(answer)) return answer.map(nearly);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [
      key,
      key === 'endCursor' && value !== null ? (expect.any(String) as unknown) : nearly(value),
    ]),
  );
}
