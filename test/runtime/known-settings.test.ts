import { describe, expect, it } from '@jest/globals';
import { unknownSettings } from '../../src/runtime/known-settings.ts';

describe('settings that there are not', () => {
  it('are told, with what may have been meant', () => {
    const env = {
      MEDLEY_SYNONYM: 'a.txt',
      MEDLEY_DEADLNE: '1',
      MEDLEY_PORT: '80',
      MEDLEY_INDEX: 'lancedb',
      RULES: 'b',
    };
    expect(unknownSettings(env)).toEqual([
      'MEDLEY_DEADLNE (MEDLEY_DEADLINE?)',
      'MEDLEY_PORT',
      'MEDLEY_SYNONYM (MEDLEY_SYNONYMS?)',
    ]);
  });

  it('are not what Kubernetes tells of services that are called so, nor what tools read', () => {
    const env = {
      MEDLEY_PORT: 'tcp://10.0.0.1:4000',
      MEDLEY_SERVICE_HOST: '10.0.0.1',
      MEDLEY_RETRIEVAL_SERVICE_PORT: '4003',
      MEDLEY_RETRIEVAL_SERVICE_PORT_HTTP: '4003',
      MEDLEY_RETRIEVAL_PORT_4003_TCP: 'tcp://10.0.0.1:4003',
      MEDLEY_RETRIEVAL_PORT_4003_TCP_ADDR: '10.0.0.1',
      MEDLEY_CACHE_DIR: '/tmp',
    };
    expect(unknownSettings(env)).toEqual([]);
  });
});
