import { mkdtemp, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { retrievalConfig } from '../../../subgraphs/retrieval/config.ts';
import { readSynonyms } from '../../../subgraphs/retrieval/synonyms-file.ts';

async function fileWith(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'medley-synonyms-')), 'synonyms.txt');
  await writeFile(file, text);
  return file;
}

const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_SETTING', message: expect.stringMatching(message) });

describe('the setting of synonyms', () => {
  it('is read for either index, with or without a byte order mark', async () => {
    for (const mark of ['', '\uFEFF']) {
      const file = await fileWith(`${mark}sofa, couch`);
      for (const index of [{}, { MEDLEY_INDEX: 'elasticsearch', ELASTICSEARCH_URL: 'http://127.0.0.1:9200' }]) {
        const { MEDLEY_SYNONYMS = '' } = retrievalConfig({ ...index, MEDLEY_SYNONYMS: file }).policy;
        expect(readSynonyms(MEDLEY_SYNONYMS)).toContainEqual({ terms: ['couch'], kept: true, synonyms: [['sofa']] });
      }
    }
  });

  it('is refused by name beside all other problems where the file is not there, too large, or has a line that is no rule', async () => {
    const read = (MEDLEY_SYNONYMS: string) => () => retrievalConfig({ MEDLEY_SYNONYMS, MEDLEY_RESIDENT_BYTES: 'x' });
    const nowhere = join(tmpdir(), 'nowhere', 'synonyms.txt');
    for (const wrong of [nowhere, tmpdir()]) {
      expect(read(wrong)).toThrow(refused(/^MEDLEY_SYNONYMS: .* cannot be read as a file of synonyms: /m));
      expect(read(wrong)).toThrow(refused(/^MEDLEY_RESIDENT_BYTES: /m));
    }
    const line = await fileWith('sofa, couch\n\nsettee');
    expect(read(line)).toThrow(refused(/^MEDLEY_SYNONYMS: .*line 3 is "settee"; expected "one, two" or "one => two"/m));
    const large = await fileWith('');
    await truncate(large, 10_000_001);
    expect(read(large)).toThrow(refused(/^MEDLEY_SYNONYMS: .* has more than 10000000 bytes/m));
  });

  it('is named where that of one index alone is set', async () => {
    const ELASTICSEARCH_SYNONYMS = await fileWith('sofa, couch');
    for (const MEDLEY_INDEX of ['lancedb', 'elasticsearch'])
      expect(() => retrievalConfig({ MEDLEY_INDEX, ELASTICSEARCH_SYNONYMS })).toThrow(
        refused(/^ELASTICSEARCH_SYNONYMS: .*MEDLEY_SYNONYMS/m),
      );
  });
});
