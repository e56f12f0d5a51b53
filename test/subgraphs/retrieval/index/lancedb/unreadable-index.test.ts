import { describe, expect, it } from '@jest/globals';
import { unreadableIndex } from '../../../../../subgraphs/retrieval/index/lancedb/unreadable-index.ts';

describe('an index that cannot be read', () => {
  it('because this user may not, is not called damaged: its rights are to be mended', () => {
    const path = '/srv/medley/index/serving.json';
    const error = Object.assign(new Error(`EACCES: permission denied, open '${path}'`), { code: 'EACCES', path });
    const { code, message } = unreadableIndex('/srv/medley/index', error);
    expect([code, message]).toEqual(['DATA_FOLDER_UNUSABLE', expect.stringContaining('chown')]);
    expect(message).not.toMatch(/backup|index the catalogue again/);
  });

  it('for any other reason, comes back from a backup', () => {
    const { code, message } = unreadableIndex('/srv/medley/index', new SyntaxError('Unexpected end of JSON input'));
    expect([code, message]).toEqual(['DATA_FOLDER_UNUSABLE', expect.stringContaining('from a backup')]);
  });
});
