import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readJudgments } from '../../../subgraphs/retrieval/tuning/judgments-file.ts';
import { untoldItems, writeUntoldShop } from '../../relevance/generated/untold-shop.ts';
import { killLeft, medleyProcess } from '../../support/medley-process.ts';
import { seeded } from '../../support/random.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { event, recordEvents } from '../../support/viewer.ts';

/** Titles name the kind, and few of them the colour, which pictures show. */
const ITEMS = untoldItems({ ofEach: 4, told: 2 });
const COLOUR = new Map(ITEMS.map(({ id, colour }) => [id, colour]));
const WORDS = ['mug', 'lamp', 'rug'].flatMap((kind) =>
  ['red', 'blue', 'green', 'yellow', 'black', 'violet'].map((colour) => ({ words: `${colour} ${kind}`, colour })),
);
const VIEWERS = 30;
const FIRST = 12;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ catalogue: (folder) => writeUntoldShop(folder, ITEMS) });
});
afterAll(async () => {
  await killLeft();
  await shop.close();
});

/** Where each item stood, and how often it was chosen, by words. */
const seen = new Map<string, Map<string, { readonly places: number[]; chosen: number }>>();

/**
 * Viewers search one thing after the other. They look at a position the less the lower it is, and choose nearly always what has the
 * colour whatever its title says, and something else half as often.
 */
async function visitTheShop(): Promise<void> {
  const random = seeded(5);
  for (let viewer = 0; viewer < VIEWERS; viewer++)
    for (const { words, colour } of WORDS) {
      const clientId = `browser-${viewer}`;
      const { id, edges } = await shop.search(
        { text: viewer % 2 ? words : ` ${words.toUpperCase()}`, clientId },
        { first: FIRST },
      );
      const events = edges.flatMap(({ itemId, position }) => {
        const own = seenFor(words, itemId);
        own.places.push(position);
        const looks = random() < position ** -0.7;
        const chooses = looks && random() < (COLOUR.get(itemId) === colour ? 0.9 : 0.45);
        if (chooses) own.chosen += 1;
        return chooses ? [event(`${id}/${itemId}`, { clientId, queryId: id, itemId, position })] : [];
      });
      await recordEvents(shop, ...events);
    }
}

function seenFor(words: string, itemId: string) {
  const items = seen.get(words) ?? new Map<string, { places: number[]; chosen: number }>();
  seen.set(words, items);
  const own = items.get(itemId) ?? { places: [], chosen: 0 };
  items.set(itemId, own);
  return own;
}

async function judgments(...args: readonly string[]) {
  const command = medleyProcess(['judgments', ...args], { MEDLEY_DATA_DIR: shop.dataFolder });
  const code = await command.ended;
  return { code, said: command.printed() };
}

describe('clicks', () => {
  it('that were never sent are asked for, and no file is written', async () => {
    const file = join(shop.folder, 'none.csv');
    const { code, said } = await judgments(file);
    expect(code).toBe(1);
    expect(said).toMatch(/INVALID_JUDGMENTS: .* the log of the last 30 days has 0 searches.*name the queryId/);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('become judgments while the shop serves: what was wanted is graded higher though it stood lower', async () => {
    await visitTheShop();
    // Of a stranger, and of someone who turned the weights: neither is a judgment of what the shop shows.
    await shop.search({ text: 'my own name', clientId: 'browser-1' });
    for (let n = 0; n < 12; n++)
      await shop.search({ text: 'red chair', clientId: `browser-${n}`, weights: { text: 1 } });

    const file = join(shop.folder, 'clicks.csv');
    const { code, said } = await judgments(file);
    expect({ code, said }).toMatchObject({
      code: 0,
      said: expect.stringMatching(/18 queries with \d+ judged items, from 540 searches/),
    });
    expect(said).toContain('Queries left out: 1 searched by fewer than 10 viewers.');
    expect(said).toContain(`then run: npm run medley -- tune ${file}`);
    const judged = await readJudgments(file);
    expect(new Set(judged.map(({ words }) => words))).toEqual(new Set(WORDS.map(({ words }) => words)));

    const compared = judged.flatMap(({ words, grades }) => pairsOf(words, grades));
    expect(compared.length).toBeGreaterThan(100);
    expect(share(compared, 'higher')).toBeGreaterThan(0.5);
    expect(share(compared, 'lower')).toBeLessThan(0.03);
    // Counting choices alone would grade these the other way round.
    const seldom = compared.filter((pair) => pair.seldom);
    expect(seldom.length).toBeGreaterThan(20);
    expect(share(seldom, 'higher')).toBeGreaterThan(share(seldom, 'lower'));
  });

  it('say nothing of who clicked', async () => {
    const text = await readFile(join(shop.folder, 'clicks.csv'), 'utf8');
    expect(text).not.toMatch(/browser|my own name/);
  });

  it('that were judged before are not written over unless that is asked for', async () => {
    const file = join(shop.folder, 'clicks.csv');
    const { code, said } = await judgments(file);
    expect({ code, said }).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^INVALID_SETTING: .* already exists.* --force/),
    });
    expect((await judgments(file, '--force')).code).toBe(0);
  });

  it('are what weights are tuned from', async () => {
    const file = join(shop.folder, 'clicks.csv');
    const command = medleyProcess(['tune', file, '--url', `${shop.url}/graphql`], {});
    expect(await command.ended).toBe(0);
    expect(command.printed()).toMatch(/held-out queries; weights were chosen on \d+ others/);
    expect(command.printed()).toMatch(/(Better than|Not better than) what you have/);
    // Searches of a tuning are of nobody: they change no judgment.
    const again = join(shop.folder, 'again.csv');
    expect((await judgments(again)).code).toBe(0);
    expect(await readFile(again, 'utf8')).toBe(await readFile(file, 'utf8'));
  });

  it('become the same judgments where nothing runs', async () => {
    const file = join(shop.folder, 'offline.jsonl');
    await shop.medley.close();
    const { code, said } = await judgments(file);
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(await readJudgments(file)).toEqual(await readJudgments(join(shop.folder, 'clicks.csv')));
  });
});

/** Each item that was wanted beside each other that stood above it on average. */
function pairsOf(words: string, grades: ReadonlyMap<string, number>) {
  const colour = WORDS.find((own) => own.words === words)?.colour;
  const judged = [...grades].map(([id, grade]) => {
    const { places, chosen } = seenFor(words, id);
    return { grade, place: mean(places), chosen, wanted: COLOUR.get(id) === colour };
  });
  return judged.flatMap((own) =>
    judged
      .filter((above) => own.wanted && !above.wanted && above.place < own.place)
      .map((above) => ({
        higher: own.grade > above.grade,
        lower: own.grade < above.grade,
        seldom: own.chosen <= above.chosen,
      })),
  );
}

function share(pairs: ReturnType<typeof pairsOf>, name: 'higher' | 'lower'): number {
  return pairs.filter((pair) => pair[name]).length / pairs.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
