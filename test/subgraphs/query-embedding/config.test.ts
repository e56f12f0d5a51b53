import { describe, expect, it } from '@jest/globals';
import { queryEmbeddingConfig } from '../../../subgraphs/query-embedding/config.ts';

describe('the settings of query-embedding', () => {
  it('need none', () => {
    const config = queryEmbeddingConfig({ PATH: '/bin', MEDLEY_ENCODER_WORKERS: '' });
    expect(config).toMatchObject({ cacheEntries: 10_000, imageUrls: 'public', uploads: { maxAge: 86_400_000 } });
    expect(config.workers).toBeUndefined();
    expect(config.models.text).toMatch(/models\/minilm-l6-v2$/);
  });

  it('take a folder of your own', () => {
    const { models } = queryEmbeddingConfig({ MEDLEY_IMAGE_MODEL: '/srv/clip/picture' });
    expect(models.picture).toBe('/srv/clip/picture');
  });

  it('have all their problems told together', () => {
    const read = () => queryEmbeddingConfig({ MEDLEY_ENCODER_WORKERS: 'many', MEDLEY_IMAGE_URLS: 'some' });
    expect(read).toThrow(/MEDLEY_ENCODER_WORKERS[^]*MEDLEY_IMAGE_URLS/);
  });
});
