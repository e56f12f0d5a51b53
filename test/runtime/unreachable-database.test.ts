import { describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/runtime/database.ts';
import { readSettings } from '../../src/runtime/environment.ts';
import { oneAtATime } from '../../src/runtime/one-at-a-time.ts';
import { freePort } from '../support/free-port.ts';
import { openSqlProfileStore } from '../../subgraphs/user-profile/sql-profile-store.ts';

const said = (work: () => Promise<unknown>): Promise<string> =>
  work().then(
    () => 'it was reached',
    (error: unknown) => `${String((error as { code?: string }).code)}: ${(error as Error).message}`,
  );

describe('a database that cannot be reached at the start', () => {
  it.each<[string, (url: string) => Promise<unknown>]>([
    ['by tables of one transaction', (url) => oneAtATime(openDatabase({ url }), () => Promise.resolve())],
    ['by tables in several steps', (url) => openSqlProfileStore(openDatabase({ url }))],
  ])('is told in words for its operator, without its address or password: %s', async (_, open) => {
    const port = await freePort();
    const words = await said(() => open(`postgres://medley:hush-hush@127.0.0.1:${String(port)}/medley`));
    expect(words).toMatch(/^INVALID_SETTING: .*MEDLEY_DATABASE_URL/);
    for (const hidden of ['hush-hush', '127.0.0.1', String(port), 'ECONN']) expect(words).not.toContain(hidden);
  });

  it('is refused before it is asked where its address is none of PostgreSQL, and the address is not repeated', () => {
    const read = () => readSettings({ MEDLEY_DATABASE_URL: 'postgre://medley:hush-hush@db/medley' });
    expect(read).toThrow(/MEDLEY_DATABASE_URL/);
    expect(read).toThrow(
      expect.objectContaining({ code: 'INVALID_SETTING', message: expect.not.stringContaining('hush') }),
    );
    expect(readSettings({ MEDLEY_DATABASE_URL: 'postgresql://db/medley' }).MEDLEY_DATABASE_URL).toContain('db');
  });
});
