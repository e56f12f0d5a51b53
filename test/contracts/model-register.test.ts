import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openFolderModelRegister } from '../../src/inference/releases/folder-model-register.ts';
import { NOTHING_IN_USE } from '../../src/inference/releases/model-register.ts';
import type { ModelRegister } from '../../src/inference/releases/model-register.ts';
import { openSqlModelRegister } from '../../src/inference/releases/sql-model-register.ts';
import { openDatabase } from '../../src/runtime/database.ts';
import { environment } from '../../src/runtime/environment.ts';

const place = { modality: 'TEXT', space: 'words@1', folder: '/models/words' } as const;
const looks = { modality: 'IMAGE', space: 'looks@1', folder: '/models/looks' } as const;

/** `open` opens the same register again: another process would. */
function describeModelRegister(name: string, open: () => Promise<ModelRegister> | ModelRegister): void {
  describe(`a register of models (${name})`, () => {
    let mine: ModelRegister;
    let other: ModelRegister;
    beforeAll(async () => {
      [mine, other] = [await open(), await open()];
      await mine.update(() => NOTHING_IN_USE);
    });
    afterAll(() => Promise.all([mine.close(), other.close()]));

    it('says nothing of what was never in use', async () => {
      expect(await mine.read()).toEqual({ inUse: [], before: [] });
    });

    it('shows every process what one has put into use', async () => {
      const change = { to: { text: place, picture: looks }, begun: 2 };
      const written = await mine.update((now) => ({ ...now, inUse: [place], change }));
      expect(written).toEqual({ inUse: [place], before: [], change });
      expect(await other.read()).toEqual(written);
    });

    it('makes changes that come at once one after the other', async () => {
      await mine.update(() => NOTHING_IN_USE);
      const places = Array.from({ length: 5 }, (_, n) => ({ ...place, space: `words@${String(n)}` }));
      await Promise.all(places.map((one) => mine.update((now) => ({ ...now, inUse: [...now.inUse, one] }))));
      expect((await other.read()).inUse).toHaveLength(5);
    });

    it('knows who encodes queries and with what, until they leave', async () => {
      await mine.attend('a', { spaces: [] });
      await mine.attend('a', { spaces: ['words@1'] });
      await other.attend('b', { spaces: ['words@1'], problem: 'no such folder' });
      const here = await mine.attending();
      expect(here).toHaveLength(2);
      expect(here).toEqual(
        expect.arrayContaining([{ spaces: ['words@1'] }, { spaces: ['words@1'], problem: 'no such folder' }]),
      );
      await other.leave('b');
      expect(await mine.attending()).toEqual([{ spaces: ['words@1'] }]);
      await mine.leave('a');
      expect(await other.attending()).toEqual([]);
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'medley-register-'));
const embedded: Parameters<typeof openSqlModelRegister>[0] = openDatabase('memory');
afterAll(async () => {
  await embedded.destroy();
  rmSync(folder, { recursive: true });
});

describeModelRegister('a folder', () => openFolderModelRegister(folder));
describeModelRegister('an embedded PostgreSQL', async () => ({
  ...(await openSqlModelRegister(embedded)),
  close: () => Promise.resolve(),
}));

it('a register of models in a folder that cannot be read says so, and does not take it for nobody', async () => {
  const damaged = join(folder, 'damaged');
  mkdirSync(damaged);
  writeFileSync(join(damaged, 'query-encoders'), 'a file in the place of the folder');
  await expect(openFolderModelRegister(damaged).attending()).rejects.toThrow(/ENOTDIR/);
});

const { MEDLEY_TEST_DATABASE_URL: url } = environment();
if (url !== undefined) describeModelRegister('a PostgreSQL server', () => openSqlModelRegister(openDatabase({ url })));
else
  it('is kept in a PostgreSQL server too, where MEDLEY_TEST_DATABASE_URL names one (here it does not)', () => {
    expect(url).toBeUndefined();
  });
