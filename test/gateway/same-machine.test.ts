import { describe, expect, it } from '@jest/globals';
import { isOfThisMachine } from '../../src/gateway/access/same-machine.ts';

describe('who asks where nobody else can connect', () => {
  it.each([
    'localhost',
    'localhost:4000',
    'LOCALHOST:4000',
    'localhost:80',
    '127.0.0.1:4000',
    '127.1.2.3',
    '127.1:4000',
    '[::1]:4000',
    '[0:0:0:0:0:0:0:1]:4000',
  ])('is of this machine by the name %s', (host) => {
    expect(isOfThisMachine({ host })).toBe(true);
  });

  it.each(['http://localhost:3000', 'https://shop.example', 'null', 'localhost:4000'])(
    'is not, as a page of another origin: %s',
    (origin) => {
      expect(isOfThisMachine({ host: 'localhost:4000', origin })).toBe(false);
      expect(isOfThisMachine({ host: 'localhost:4000', origin: 'http://localhost:4000' })).toBe(true);
    },
  );

  it.each(['shop.example', '127.0.0.1.shop.example:4000', '127.shop.example', 'localhost.shop.example', 'a b', ''])(
    'is not, by the name "%s", which somebody may have led here',
    (host) => {
      expect(isOfThisMachine({ host })).toBe(false);
    },
  );

  it.each(['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'])('is not where %s says that it is a proxy', (name) => {
    expect(isOfThisMachine({ host: 'localhost:4000', [name]: '203.0.113.9' })).toBe(false);
  });
});
