import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/runtime/environment.ts';
import { queryEmbeddingConfig } from '../../subgraphs/query-embedding/config.ts';
import { retrievalConfig } from '../../subgraphs/retrieval/config.ts';
import { readProfileSettings } from '../../subgraphs/user-profile/config.ts';

describe('the settings', () => {
  it('of all groups that a program reads have their problems told together, each once', () => {
    const env = {
      PORT: 'abc',
      MEDLEY_QUERY_CACHE: 'x',
      MEDLEY_RESIDENT_BYTES: 'x',
      MEDLEY_PROFILE_HISTORY: 'x',
      MEDLEY_ENCODER_WORKERS: '0',
    };
    const read = () => readSettings(env, [queryEmbeddingConfig, readProfileSettings, retrievalConfig]);
    expect(read).toThrow(expect.objectContaining({ code: 'INVALID_SETTING' }));
    for (const name of Object.keys(env)) expect(read).toThrow(new RegExp(`^${name}: expected .*, got .*$`, 'm'));
    expect(read).not.toThrow(/ENCODER_WORKERS[^]*ENCODER_WORKERS/);
  });

  it.each([
    ['PORT', ' ', 'a whole number from 0 to 65535'],
    ['PORT', '70000', 'a whole number from 0 to 65535'],
    ['MEDLEY_DEADLINE', '0', 'a whole number from 1'],
    ['MEDLEY_DEADLINE', '9000000000', 'a whole number from 1 to 2000000000'],
    ['MEDLEY_UPLOAD_TTL', '10', 'a whole number from 1000'],
    ['MEDLEY_ENCODER_WORKERS', '0', 'a whole number from 1 to 256'],
    ['MEDLEY_PROFILE_CACHE', '1e12', 'a number above 0 and below 10000000'],
    ['MEDLEY_LOG_LEVEL', 'INFO', 'one of trace, debug, info, warn, error, silent'],
    ['MEDLEY_DEMO', 'true', 'one of on, off'],
    ['MEDLEY_INDEX', 'solr', 'one of lancedb, elasticsearch'],
    ['MEDLEY_IMAGE_URLS', 'all', 'one of public, any, none'],
    ['MEDLEY_RETRIEVAL_URL', 'localhost:4003', 'a URL such as http'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318', 'a URL such as http'],
    ['ELASTICSEARCH_URL', 'localhost:9200', 'URLs such as http'],
  ])('%s="%s" is refused with what was expected', (name, value, expected) => {
    const read = () => readSettings({ [name]: value }, [queryEmbeddingConfig, readProfileSettings, retrievalConfig]);
    expect(read).toThrow(`${name}: expected ${expected}`);
    expect(read).toThrow(`got "${value}"`);
  });

  it.each([
    ['MEDLEY_SECRET', 'hush', 'at least 16 characters, got 4'],
    ['MEDLEY_DATABASE_URL', 'postgres://medley:hush@db:99999999/shop', 'a URL such as postgres://'],
    ['MEDLEY_DATABASE_URL', 'mysql://medley:hush@db/shop', 'a URL such as postgres://'],
    ['MEDLEY_RETRIEVAL_URL', 'http://medley:hush@', 'a URL such as http'],
    ['ELASTICSEARCH_URL', 'http://one:9200,http://elastic:hush@', 'URLs such as http'],
  ])('%s is refused without telling the secret in it', (name, value, expected) => {
    const read = () => readSettings({ [name]: value }, [retrievalConfig]);
    expect(read).toThrow(`${name}: expected ${expected}`);
    expect(read).not.toThrow(/hush/);
  });

  it.each([
    'postgres://medley:hush@db:5432/shop',
    'postgresql:///shop?host=/run/postgresql',
    'postgres://medley@/shop',
  ])('MEDLEY_DATABASE_URL may be %s', (url) => {
    expect(readSettings({ MEDLEY_DATABASE_URL: url }).MEDLEY_DATABASE_URL).toBe(url);
  });
});
