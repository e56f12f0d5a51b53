import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openFrontDoor } from '../../../src/cli/ask-front-door.ts';
import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import type { JudgedQuery } from '../../../subgraphs/retrieval/tuning/judged-queries.ts';
import { askForTable } from '../../../subgraphs/retrieval/tuning/candidate-table.ts';
import { remix } from '../../../subgraphs/retrieval/tuning/remix.ts';
import { priorsOf, withPriors } from '../../../subgraphs/retrieval/tuning/tuned-profile.ts';
import { colourAndKind, KINDS, untoldItems, writeUntoldShop } from '../../relevance/generated/untold-shop.ts';
import { killLeft, medleyProcess } from '../../support/medley-process.ts';
import { seeded, shuffled } from '../../support/random.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

/** Titles name the kind, and few of them the colour, which pictures show: looks decide. More items than a page has. */
const ITEMS = untoldItems({ ofEach: 10, told: 3 });
const QUERIES: readonly JudgedQuery[] = colourAndKind(ITEMS, KINDS.slice(0, 3)).map(({ text, grades }) => ({
  words: text,
  grades,
}));
const PROFILE = readRankingProfiles().select(undefined);

const env: Record<string, string> = {};
let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ catalogue: (folder) => writeUntoldShop(folder, ITEMS), env });
});
afterAll(async () => {
  await killLeft();
  await shop.close();
});

/** Judgments as a file. */
async function writeJudgments(name: string, queries: readonly JudgedQuery[]): Promise<string> {
  const lines = queries.flatMap(({ words, grades }) => [...grades].map(([id, grade]) => `${words},${id},${grade}`));
  const file = join(shop.folder, name);
  await writeFile(file, ['query,item,grade', ...lines].join('\n'));
  return file;
}

function judgments(): Promise<string> {
  return writeJudgments('judgments.csv', QUERIES);
}

/** As many judgments as there are, of items that are drawn by lot. */
function byLot(): Promise<string> {
  const random = seeded(11);
  const queries = QUERIES.map(({ words, grades }) => {
    const drawn = shuffled(ITEMS, random).slice(0, grades.size);
    return { words, grades: new Map(drawn.map(({ id }, i) => [id, [...grades.values()][i] ?? 0])) };
  });
  return writeJudgments('by-lot.csv', queries);
}

async function tuned(file: string, url: string, into: string) {
  const command = medleyProcess(['tune', file, '--url', `${url}/graphql`, '--write', into], {});
  const code = await command.ended;
  return { code, said: command.printed() };
}

describe('weights', () => {
  it('rank away from the server as they do on it', async () => {
    const door = openFrontDoor(`${shop.url}/graphql`);
    const random = seeded(3);
    for (const query of QUERIES.filter((_, i) => i % 6 === 0)) {
      const { words } = query;
      const table = await askForTable(query, PROFILE, door);
      expect([...table.present]).toEqual(['LEXICAL', 'TEXT', 'IMAGE']);
      for (let round = 0; round < 4; round++) {
        const other = withPriors(PROFILE, { LEXICAL: random(), TEXT: random(), IMAGE: random() }) ?? PROFILE;
        const weights = priorsOf(other, table.present);
        const { hits } = await door.search({ words, profile: 'default', weights, first: 10 });
        const remixed = remix(table, other);
        const scores = new Map(remixed.map(({ id, score }) => [id, score]));
        // Items that look all the same have one score, and may change places by what rounding leaves.
        for (const [place, { id, score }] of hits.entries()) {
          expect(remixed[place]?.score).toBeCloseTo(score, 4);
          expect(scores.get(id)).toBeCloseTo(score, 4);
        }
      }
    }
    await door.close();
  });

  it('are kept where judgments were drawn by lot, and no file is written', async () => {
    const into = join(shop.folder, 'none.json');
    const { code, said } = await tuned(await byLot(), shop.url, into);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('Not better than what you have') });
    expect(existsSync(into)).toBe(false);
  });
});

describe('the command', () => {
  it('says in a line that nobody answers', async () => {
    const { code, said } = await tuned(await judgments(), 'http://127.0.0.1:1', 'none.json');
    expect(code).toBe(1);
    expect(lastLine(said)).toMatch(/^MEDLEY_UNAVAILABLE: Nothing answers at http:\/\/127.0.0.1:1\/graphql .*$/);
  });

  it('says in a line what the server says', async () => {
    const command = medleyProcess(['tune', await judgments(), '--url', `${shop.url}/graphql`, '--profile', 'summer'], {
      MEDLEY_RANKING_PROFILES: await summerProfile(),
    });
    expect(await command.ended).toBe(1);
    expect(lastLine(command.printed())).toMatch(
      /^UNKNOWN_PROFILE: The server refused the search for ".*": There is no ranking profile summer\..*$/,
    );
  });

  it('ends by Ctrl-C without a trace', async () => {
    const asked = Promise.withResolvers<undefined>();
    const silent = createServer(() => {
      asked.resolve(undefined);
    });
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const { port } = silent.address() as AddressInfo;
    const into = join(shop.folder, 'interrupted.json');
    const file = await judgments();
    const command = medleyProcess(['tune', file, '--url', `http://127.0.0.1:${port}/graphql`, '--write', into], {});
    await asked.promise;
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(130);
    expect(lastLine(command.printed())).toBe('Interrupted; nothing was written.');
    expect(existsSync(into)).toBe(false);
    silent.closeAllConnections();
    silent.close();
  });
});

describe('tuned weights', () => {
  it('are told, written, and served', async () => {
    const into = join(shop.folder, 'profiles.json');
    const { code, said } = await tuned(await judgments(), shop.url, into);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('Better than what you have.') });
    const profiles = readRankingProfiles(into);
    expect(profiles.select({ key: 'default' })).toMatchObject({ version: 2, boosts: PROFILE.boosts });
    expect(profiles.select({ key: 'default', version: 1 })).toEqual(PROFILE);
    expect(profiles.select({ key: 'default' }).signals.IMAGE.prior).toBeGreaterThan(2 * PROFILE.signals.IMAGE.prior);

    env['MEDLEY_RANKING_PROFILES'] = into;
    shop = await shop.reopen();
    const { data } = await shop.ask<{ search: { ranking: object } }>(
      '{ search(input: { text: "teal mug" }) { ranking { profile version } } }',
    );
    expect(data.search.ranking).toEqual({ profile: 'default', version: 2 });
  });

  it('are not written over the profiles of a shop that the command was not told of', async () => {
    const into = join(shop.folder, 'profiles.json');
    const before = await readFile(into, 'utf8');
    const { code, said } = await tuned(await judgments(), shop.url, into);
    expect({ code, said }).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^INVALID_SETTING: .* has ranking profiles that are not in MEDLEY_RANKING_PROFILES/),
    });
    expect(await readFile(into, 'utf8')).toBe(before);
  });
});

async function summerProfile(): Promise<string> {
  const file = join(shop.folder, 'summer.json');
  await writeFile(file, JSON.stringify([PROFILE, { ...PROFILE, key: 'summer' }]));
  return file;
}

/** What follows the remark that these are few queries. */
function lastLine(said: string): string {
  const [remark, ...rest] = said.trim().split('\n');
  expect(remark).toMatch(/^Only 24 queries are judged/);
  return rest.join('\n');
}
