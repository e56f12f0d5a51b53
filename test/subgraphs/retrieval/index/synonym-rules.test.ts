import { describe, expect, it } from '@jest/globals';
import { MOST_RULES, MOST_SYNONYMS, synonymRules } from '../../../../subgraphs/retrieval/index/synonym-rules.ts';
import type { SynonymRule } from '../../../../subgraphs/retrieval/index/synonym-rules.ts';

const rule = (terms: string, synonyms: readonly string[], meaning?: string): SynonymRule => ({
  terms: terms.split(' '),
  kept: meaning === undefined,
  synonyms: synonyms.map((words) => words.split(' ')),
  meaning,
});

describe('rules of synonyms', () => {
  it('are read as queries are: folded, plurals off, without words that say nothing, comments and empty lines', () => {
    expect(synonymRules('# of the living room\r\nSofas, Canapé\n\n  Tellies => the TV set, screens # both\n')).toEqual([
      rule('sofa', ['canape']),
      rule('canape', ['sofa']),
      rule('telly', ['tv set', 'screen'], 'the TV set'),
    ]);
  });

  it('let what stands on both sides find itself, too', () => {
    expect(synonymRules('telly, goggle box => telly, television')).toEqual([
      rule('telly', ['television']),
      rule('goggle box', ['telly', 'television'], 'telly'),
    ]);
  });

  it('about the same words count together, and do not reach further than a line', () => {
    expect(synonymRules('sofa => couch\nsofa, settee\nsettee, bench\nsofa => COUCHES')).toEqual([
      rule('sofa', ['couch', 'settee']),
      rule('settee', ['sofa', 'bench']),
      rule('bench', ['settee']),
    ]);
  });

  it('that say nothing new are left out', () => {
    expect(synonymRules('child, children\nsofa => sofas')).toEqual([]);
  });

  it.each(['sofa', 'a => b => c', '=> couch', 'sofa =>', 'sofa,', '!!!, ???', ','])(
    'name the line that is none: %s',
    (line) => {
      const read = () => synonymRules(`sofa, couch\n${line}`);
      expect(read).toThrow(expect.objectContaining({ code: 'INVALID_SETTING' }));
      expect(read).toThrow(`line 2 is "${line}"; expected "one, two" or "one => two"`);
    },
  );

  it('have their first ten wrong lines told together', () => {
    const read = () => synonymRules(Array.from({ length: 13 }, (_, at) => `alone${at}`).join('\n'));
    expect(read).toThrow(/line 1 is .*line 10 is [^]*and 3 more\.$/);
    expect(read).not.toThrow(/line 11/);
  });

  it('are bounded, in all and for one word', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, at) => `sofa${at}, couch${at}`).join('\n');
    expect(synonymRules(lines(MOST_RULES))).toHaveLength(2 * MOST_RULES);
    expect(() => synonymRules(lines(MOST_RULES + 1))).toThrow('10001 rules; expected at most 10000');
    const words = Array.from({ length: MOST_SYNONYMS + 1 }, (_, at) => `word${at}x`);
    expect(synonymRules(words.join(', '))).toHaveLength(MOST_SYNONYMS + 1);
    expect(() => synonymRules([...words, 'more'].join(', '))).toThrow('line 1 is');
    const oneByOne = words.map((word) => `sofa, ${word}`).join('\n');
    expect(() => synonymRules(oneByOne)).toThrow(/line 21 is .*expected at most 20 synonyms of "sofa"/);
  });
});
