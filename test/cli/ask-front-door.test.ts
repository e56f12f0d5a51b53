import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { openFrontDoor } from '../../src/cli/ask-front-door.ts';

describe('the address of a Medley', () => {
  it.each([
    ['as Medley says it', '{"errors":[{"message":"Nothing.","extensions":{"code":"NOT_FOUND"}}]}'],
    ['in words', 'Not found'],
  ])('without its path is told as such where nothing is at it, %s', async (_, body) => {
    const server = createServer((__, response) => response.writeHead(404).end(body)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const door = openFrontDoor(`http://127.0.0.1:${String(port)}/`);
    await expect(door.search({ words: 'mug', profile: 'default', first: 10 })).rejects.toMatchObject({
      code: 'INVALID_SETTING',
      message: expect.stringContaining('its path is usually /graphql'),
    });
    await door.close();
    server.close();
  });
});
