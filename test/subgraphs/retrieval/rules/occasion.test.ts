import { describe, expect, it } from '@jest/globals';
import type { ItemFilter } from '../../../../src/vocabulary/item-filter.ts';
import { isAbout } from '../../../../subgraphs/retrieval/rules/occasion.ts';
import { readPhrase } from '../../../../subgraphs/retrieval/rules/phrase.ts';
import { rulesSchema } from '../../../../subgraphs/retrieval/rules/rule.ts';

function about(
  rule: object,
  asked: { readonly words?: string; readonly filter?: ItemFilter; readonly now?: number },
): boolean {
  const { words } = asked;
  const rules = rulesSchema.parse([{ key: 'one', hide: { ids: ['x'] }, ...rule }]);
  return rules.every((one) =>
    isAbout(one, { now: 0, ...asked, words: words === undefined ? undefined : readPhrase(words) }),
  );
}

describe('a rule about words', () => {
  const exact = { when: { words: ['winter boot', 'Stiefel'] } };
  const anywhere = { when: { words: ['winter boot'], anywhere: true } };

  it.each(['winter boots', 'the Winter BOOT', 'stiefel'])('is about a search for them: "%s"', (words) => {
    expect(about(exact, { words })).toBe(true);
  });

  it.each(['winter', 'red winter boots', 'boots winter', '', undefined])('is about no other: "%s"', (words) => {
    expect(about(exact, { words })).toBe(false);
  });

  it('is about one that has them among others where it says so, whole and one after another', () => {
    const heard = ['red winter boots for men', 'winter boots', 'winter red boots', 'midwinter boots', 'winter bootsy'];
    expect(heard.map((words) => about(anywhere, { words }))).toEqual([true, true, false, false, false]);
  });
});

describe('a rule about what is chosen', () => {
  const rule = { when: { chosen: { field: 'category', in: ['Shoes', 'Boots'] } } };
  const shoes: ItemFilter = { field: 'category', in: ['shoes'] };
  const cheap: ItemFilter = { field: 'price', range: { lt: 5 } };

  it.each<[ItemFilter, boolean]>([
    [shoes, true],
    [{ field: 'category', in: ['BOOTS', 'Shoes'] }, true],
    [{ and: [cheap, { and: [shoes] }] }, true],
    [{ field: 'category', in: ['Shoes', 'Hats'] }, false],
    [{ field: 'brand', in: ['Shoes'] }, false],
    [{ not: shoes }, false],
    [{ or: [shoes, cheap] }, false],
    [cheap, false],
    [{ ids: ['Shoes'] }, false],
  ])('is about searches that are narrowed down to it: %j %j', (filter, is) => {
    expect(about(rule, { filter })).toBe(is);
  });

  it('is about none that has no filter, and heeds its words, too', () => {
    expect(about(rule, {})).toBe(false);
    const both = { when: { ...rule.when, words: ['red'] } };
    expect([
      about(both, { filter: shoes, words: 'red' }),
      about(both, { filter: shoes }),
      about(both, { words: 'red' }),
    ]).toEqual([true, false, false]);
  });
});

describe('a rule for a time', () => {
  it('holds from its beginning until before its end', () => {
    const rule = { from: '2026-11-27', until: '2026-11-28T12:00+01:00' };
    const at = (text: string): boolean => about(rule, { now: Date.parse(text) });
    expect(at('2026-11-26T23:59:59.999Z')).toBe(false);
    expect(at('2026-11-27T00:00Z')).toBe(true);
    expect(at('2026-11-28T10:59Z')).toBe(true);
    expect(at('2026-11-28T11:00Z')).toBe(false);
  });

  it('holds always where it names none', () => {
    expect(about({}, { now: -1e15 })).toBe(true);
  });
});
