import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEitherIndex } from '../../support/either-index.ts';
import { killLeft, medleyProcess } from '../../support/medley-process.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

interface Suggested {
  readonly suggest: readonly { readonly text: string; readonly popular: boolean }[];
}

describeOnEitherIndex('searches of many', (env) => {
  let folder: string;
  let file: string;
  let shop: Shop;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-suggested-'));
    file = join(folder, 'searches.txt');
    await writeFile(file, '');
    shop = await openShop({ env: { ...env, MEDLEY_POPULAR_SEARCHES: file } });
  });
  afterAll(async () => {
    await killLeft();
    await shop.close();
    await rm(folder, { recursive: true });
  });

  async function suggested(prefix: string, limit = 4): Promise<Suggested['suggest']> {
    const query = 'query($prefix: String!, $limit: Int) { suggest(prefix: $prefix, limit: $limit) { text popular } }';
    return (await shop.ask<Suggested>(query, { prefix, limit })).data.suggest;
  }

  /** Once the changed file is read. */
  async function suggestedSoon(prefix: string): Promise<Suggested['suggest']> {
    for (let tries = 0; tries < 100 && !(await suggested(prefix))[0]?.popular; tries++) await wait(100);
    return suggested(prefix);
  }

  async function writePopular(...args: readonly string[]) {
    const command = medleyProcess(['popular-searches', file, ...args], { ...env, MEDLEY_DATA_DIR: shop.dataFolder });
    return { code: await command.ended, told: command.told(), printed: command.printed() };
  }

  it('are suggested first within seconds, once a person has had them written; of few, none is', async () => {
    const before = await suggested('bl');
    expect(before.length).toBeGreaterThan(1);
    expect(before.filter(({ popular }) => popular)).toEqual([]);

    for (let viewer = 0; viewer < 3; viewer++) {
      const clientId = `browser-${viewer}`;
      await shop.search({ text: 'black chiar', clientId });
      await shop.search({ text: 'black voucher', clientId });
      await shop.search({ text: '# black lamp', clientId });
      if (viewer < 2) await shop.search({ text: 'black lamp', clientId });
    }
    const kept = await writePopular('--least', '3');
    expect(kept).toMatchObject({ code: 1, printed: expect.stringContaining('--force') });
    const refused = await writePopular('--least', '4', '--force');
    expect(refused).toMatchObject({
      code: 1,
      printed: expect.stringMatching(/none was searched by 4 viewers.*--least/),
    });
    expect(await readFile(file, 'utf8')).toBe('');
    const written = await writePopular('--least', '3', '--force');
    expect(written).toMatchObject({
      code: 0,
      told: expect.stringMatching(/^1 of \d queries written to .*, from "black chair" \(3 viewers\)/),
    });
    expect(await readFile(file, 'utf8')).toBe('black chair\n');

    const after = await suggestedSoon('bl');
    const others = before.filter(({ text }) => text.toLowerCase() !== 'black chair').slice(0, 3);
    expect(after).toEqual([{ text: 'black chair', popular: true }, ...others]);
    expect(await suggested('ch', 1)).toEqual([{ text: 'black chair', popular: true }]);
  });

  it('are taken as they are typed: of what is one slip away nothing is suggested beside them', async () => {
    expect((await suggested('lamb')).map(({ text }) => text)).toContain('lamps');
    await writeFile(file, 'lamb skin\n');
    expect(await suggestedSoon('lamb')).toEqual([{ text: 'lamb skin', popular: true }]);
  });
});
