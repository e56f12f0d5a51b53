import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { askCatalogue } from '../../src/cli/ask-catalogue.ts';

const LATE = { message: 'The ranking part cannot be reached.', extensions: { code: 'RETRIEVAL_UNAVAILABLE' } };

describe('a catalogue that is asked what it lacks', () => {
  it.each([
    ['its fields', { data: { catalogue: null }, errors: [LATE] }],
    ['an item', { data: { catalogue: { fields: [] }, i0: null }, errors: [LATE] }],
  ])('lacks nothing for a part that is lost: where %s could not be read, that is the error', async (_, body) => {
    const server = createServer((__, response) => response.end(JSON.stringify(body))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(askCatalogue(`http://127.0.0.1:${String(port)}/graphql`, ['i1'])).rejects.toMatchObject({
      code: 'MEDLEY_UNAVAILABLE',
      message: expect.stringContaining(LATE.message),
    });
    server.close();
  });
});
