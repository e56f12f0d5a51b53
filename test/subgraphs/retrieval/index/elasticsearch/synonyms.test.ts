import { describe, expect, it } from '@jest/globals';
import { readSynonyms, synonymRules } from '../../../../../subgraphs/retrieval/index/elasticsearch/synonyms.ts';

describe('synonyms', () => {
  it('are read as items are: folded, plurals off, comments and empty lines left out', () => {
    const rules = synonymRules('# of the living room\nSofas, Canapé\n\nTellies => television, TV set # both\n');
    expect(rules).toEqual(['sofa, canape', 'telly => television, tv set']);
  });

  it.each(['sofa', 'a => b => c', '=> couch', 'sofa,', '!!!, ???'])('names the line that is none: %s', (line) => {
    expect(() => synonymRules(`sofa, couch\n${line}`)).toThrow(/line 2 of the synonyms/);
  });

  it('say which setting names a file that cannot be read', () => {
    expect(() => readSynonyms('/nowhere/synonyms.txt')).toThrow(/ELASTICSEARCH_SYNONYMS/);
  });
});
