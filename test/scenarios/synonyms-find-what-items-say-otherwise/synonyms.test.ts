import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEitherIndex } from '../../support/either-index.ts';
import type { Found } from '../../support/front-door.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

/** Of the hits that words find, how much by words. */
function byWords({ edges }: Found): ReadonlyMap<string, number> {
  const shares = edges.map(({ itemId, explanation: { signals } }) => {
    const { normalized = 0 } = signals.find(({ signal }) => signal === 'LEXICAL') ?? {};
    return [itemId, normalized] as const;
  });
  return new Map(shares.filter(([, share]) => share > 0).sort());
}

/** A hit as it is explained. */
function shown({ itemId, explanation }: Found['edges'][number]): unknown {
  return [itemId, explanation];
}

function holdsFor(env: Readonly<Record<string, string>>): void {
  let shop: Shop;
  let file: string;
  beforeAll(async () => {
    file = join(await mkdtemp(join(tmpdir(), 'medley-synonyms-')), 'synonyms.txt');
    await writeFile(file, '\uFEFFmug, beaker\nchar => chair\nfloor covering => rug');
    shop = await openShop({ env: { ...env, MEDLEY_SYNONYMS: file } });
  });
  afterAll(() => shop.close());

  it.each([
    ['beakers', 'mug'],
    ['red beaker', 'red mug'],
    ['char', 'chair'],
    ['blue floor coverings', 'blue rug'],
  ])(
    'finds by the words of "%s" what "%s" finds, explained alike, and takes nothing for a slip',
    async (said, usual) => {
      const found = await shop.search({ text: said }, { first: 60 });
      const same = await shop.search({ text: usual }, { first: 60 });
      expect(byWords(found).size).toBeGreaterThan(5);
      expect(byWords(found)).toEqual(byWords(same));
      expect(found.didYouMean).toBeNull();
    },
  );

  it.each([
    ['the red char', 'the red chair'],
    ['blue floor coverings', 'blue rug'],
    ['bluue char', 'blue chair'],
  ])('ranks "%s" by meaning and looks, too, as "%s"', async (said, usual) => {
    const found = await shop.search({ text: said }, { first: 60 });
    const same = await shop.search({ text: usual }, { first: 60 });
    expect(found.ranking.weights).toEqual(same.ranking.weights);
    expect(found.edges.map(shown)).toEqual(same.edges.map(shown));
  });

  it.each([
    ['red beakre', 'red beaker', 'red mug'],
    ['blue floor covreing', 'blue floor covering', 'blue rug'],
  ])('mends "%s" to "%s", which no item says', async (slip, meant, usual) => {
    const [found, same] = await Promise.all([slip, usual].map((text) => shop.search({ text }, { first: 60 })));
    expect(found?.didYouMean).toBe(meant);
    expect(found && byWords(found)).toEqual(same && byWords(same));
    const asMeant = await shop.search({ text: meant }, { first: 60 });
    expect(found?.edges.map(shown)).toEqual(asMeant.edges.map(shown));
  });

  it('heeds the file as it is at the start, without a new build', async () => {
    await writeFile(file, 'mug, goblet');
    shop = await shop.reopen();
    const [goblet, beaker, mug] = await Promise.all(
      ['goblet', 'beaker', 'mug'].map(async (text) => byWords(await shop.search({ text }, { first: 60 }))),
    );
    expect(goblet).toEqual(mug);
    expect(beaker?.size).toBe(0);
  });
}

describeOnEitherIndex('synonyms of a shop', holdsFor);
