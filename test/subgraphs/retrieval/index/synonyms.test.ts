import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CandidateSet } from '../../../../subgraphs/retrieval/index/item-index.ts';
import { openMemoryIndex } from '../../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { synonymRules } from '../../../../subgraphs/retrieval/index/synonym-rules.ts';
import { MOST_MATCHES, Synonyms } from '../../../../subgraphs/retrieval/index/synonyms.ts';
import { publish } from '../../../contracts/item-index/promises.ts';
import { row } from '../../../contracts/item-index/samples.ts';

const read = (rules: string): Synonyms => new Synonyms(synonymRules(rules));
const matched = (rules: string, words: string): readonly string[] =>
  read(rules)
    .matches(words)
    .map(({ terms }) => terms.join(' '));

describe('the rules about a query', () => {
  it('are the longest from the left, and none is about words of another', () => {
    const rules = 'tv, a\ntv set, b\nset top box, c\nbox, d';
    expect(matched(rules, 'the TV set top boxes')).toEqual(['tv set', 'box']);
    expect(matched(rules, 'a TV red set-top box')).toEqual(['tv', 'set top box']);
    expect(matched(rules, 'tv tv set')).toEqual(['tv']);
    expect(matched(rules, 'set red tv set')).toEqual(['tv set']);
    expect(matched(rules, 'set the top')).toEqual([]);
  });

  it('are the first ten, however long the query is', () => {
    const words = Array.from({ length: 30 }, (_, at) => `word${at}x`);
    const rules = words.map((word) => `${word} => other`).join('\n');
    expect(matched(rules, words.join(' '))).toEqual(words.slice(0, MOST_MATCHES));
  });
});

describe('what the words of a query mean', () => {
  const rules = read(
    'floor covering => rug, carpet\ntelly => the Television\nsofa, couch\nbox => box, case\nchar => chair',
  );

  it.each([
    ['a blue floor of the coverings!', 'a blue rug!'],
    ["my Telly's stand", "my the Television's stand"],
    ['sofa box', 'sofa box'],
    ['a chär (Ⅳ)', 'a chair (Ⅳ)'],
    ['', ''],
  ])('is by the rules: "%s" is "%s"', (words, meant) => {
    expect(rules.asMeant(words)).toBe(meant);
  });

  it('is what was written where a rule says so, or there is none', () => {
    expect(read('telly => television\ntelly, set').asMeant('telly')).toBe('telly');
    expect(read('telly => television\ntelly => set').asMeant('telly')).toBe('television');
    expect(read('').asMeant('telly')).toBe('telly');
  });
});

async function indexOf(titles: readonly string[], rules: string): Promise<(words: string) => Promise<CandidateSet>> {
  const { index, writer } = openMemoryIndex();
  await publish(
    writer,
    titles.map((title, at) => row({ id: `t${at}`, title })),
  );
  const synonyms = read(rules);
  return (words) => index.candidates({ words, synonyms, probes: [], candidates: 100 });
}

describe('the score by words', () => {
  const word = fc.constantFrom('alpha', 'bravo', 'delta', 'gamma', 'kappa', 'omega', 'sigma', 'theta');
  const phrase = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(' '));
  const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  const titles = fc.array(title, { minLength: 1, maxLength: 12 });
  const sides = fc.array(phrase, { minLength: 1, maxLength: 3 }).map((all) => all.join(', '));
  const alike = fc.tuple(sides, phrase).map((all) => all.join(', '));
  const line = fc.oneof(
    alike,
    fc.tuple(sides, sides).map((all) => all.join(' => ')),
  );
  const rules = fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n'));
  const query = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));

  it('is never above what the words of the query can count, whatever the rules are', async () => {
    await fc.assert(
      fc.asyncProperty(titles, rules, query, async (all, lines, words) => {
        const { candidates, idfSum } = await (await indexOf(all, lines))(words);
        // BM25 of a word is below 2.2 times its rarity, in each of two fields.
        for (const { lexical } of candidates) expect(lexical).toBeLessThan(4.4 * idfSum + 1e-4);
      }),
    );
  });

  it('of an item is never less for a rule that leaves the words as they were asked', async () => {
    await fc.assert(
      fc.asyncProperty(titles, alike, query, async (all, rule, words) => {
        const [plain, ruled] = [await indexOf(all, ''), await indexOf(all, rule)];
        const [before, after] = [await plain(words), await ruled(words)];
        const scores = new Map(after.candidates.map(({ id, lexical }) => [id, lexical]));
        if (before.standIns.size > 0 || before.idfSum > after.idfSum) return;
        for (const { id, lexical } of before.candidates) expect(scores.get(id)).toBeGreaterThan(lexical - 1e-4);
      }),
    );
  });

  it('for a word is that for its synonym but for how rare they are, where no item has both', async () => {
    await fc.assert(
      fc.asyncProperty(titles, async (all) => {
        const said = all.map((one) => (one.includes('alpha') ? one.replaceAll('bravo', 'delta') : one));
        const ask = await indexOf(said, 'alpha, bravo');
        const [one, other] = [await ask('alpha'), await ask('bravo')];
        expect(one.candidates.map(({ id }) => id)).toEqual(other.candidates.map(({ id }) => id));
        const rarity = one.idfSum / other.idfSum;
        one.candidates.forEach(({ lexical }, at) =>
          expect(lexical / (other.candidates[at]?.lexical ?? 0)).toBeCloseTo(rarity, 4),
        );
      }),
    );
  });

  it('for words that no item has is that for what their rule says instead', async () => {
    await fc.assert(
      fc.asyncProperty(titles, word, query, async (all, usual, words) => {
        const ask = await indexOf(all, `zeta zulu, ${usual}\nzephyr => ${usual}`);
        if (!all.join(' ').includes(usual)) return;
        const asked = words.replaceAll(usual, 'omicron');
        const same = await ask(`${asked} ${usual}`);
        for (const said of ['zeta zulu', 'zephyr']) expect(await ask(`${asked} ${said}`)).toEqual(same);
      }),
    );
  });
});
