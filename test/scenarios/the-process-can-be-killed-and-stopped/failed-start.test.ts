import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openMedley } from '../../../src/main.ts';
import type { Medley } from '../../../src/main.ts';
import { readSettings } from '../../../src/runtime/environment.ts';
import { createLogger } from '../../../src/runtime/logger.ts';
import { layEmptyDatabases } from '../../support/empty-databases.ts';
import { hashingEncoders } from '../../support/shop.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-start-'));
  await layEmptyDatabases(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(more: Readonly<Record<string, string>> = {}): Promise<Medley> {
  const env = { MEDLEY_DATA_DIR: folder, MEDLEY_DEMO: 'off', PORT: '0', ...more };
  return openMedley({ env, settings: readSettings(env), log: createLogger('silent'), encoders: hashingEncoders() });
}

const locks = async (): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true })).filter((name) => /writer\.(lock|json)|door/.test(name));

describe('a start that fails', () => {
  it('leaves no lock and nothing open, so that the next one succeeds', async () => {
    await expect(open({ MEDLEY_RANKING_PROFILES: join(folder, 'missing.json') })).rejects.toThrow(/missing\.json/);
    expect(await locks()).toEqual([]);
    const medley = await open();
    expect(await locks()).not.toEqual([]);
    await medley.close();
    expect(await locks()).toEqual([]);
  });
});
