import { describe, expect, it } from '@jest/globals';
import { NO_TILT } from '../../../src/vocabulary/tilt.ts';
import { browseWindow } from '../../../subgraphs/retrieval/browse.ts';
import { openMemoryIndex } from '../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { rankingProfilesSchema } from '../../../subgraphs/retrieval/ranking/ranking-profile.ts';
import { servingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import { publish } from '../../contracts/item-index/promises.ts';
import { shop } from '../../contracts/item-index/samples.ts';

const SIGNAL = { prior: 0.5 };
const PROFILES = rankingProfilesSchema.parse([
  { key: 'a', version: 1, window: 20, signals: { LEXICAL: SIGNAL, TEXT: SIGNAL, IMAGE: SIGNAL } },
]);

describe('a window of a browse', () => {
  it('tells where some of the catalogue was not counted', async () => {
    const { index, writer } = openMemoryIndex();
    await publish(writer, shop(40));
    const [profile] = PROFILES;
    if (!profile) throw new Error('no profile');
    const settings = { profile, tilts: { query: NO_TILT, viewer: NO_TILT, strength: 0 }, sort: [], now: 0 };
    const facets = [{ field: 'category', limit: 1 }];
    const serving = servingIndex(index);
    const whole = await browseWindow(serving, settings, facets);
    expect([whole.hits.length, whole.total, whole.partial]).toEqual([20, 40, undefined]);
    expect(whole.facets[0]?.values).toEqual([{ value: 'Home', count: 40, selected: false }]);
    const late = { ...serving, facets: async () => ({ ...(await index.facets([])), partial: true }) };
    expect((await browseWindow(late, settings, [])).partial).toBe(true);
  });
});
