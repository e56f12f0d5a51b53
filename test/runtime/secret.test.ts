import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { installationSecret } from '../../src/runtime/secret.ts';

describe('the secret of an installation', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'medley-secret-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is made once, for its owner alone, and nothing else is left of the making', () => {
    const first = installationSecret(undefined, folder);
    expect(first).toHaveLength(43);
    expect(installationSecret(undefined, folder)).toBe(first);
    expect(installationSecret('of the setting', folder)).toBe('of the setting');
    expect(readdirSync(folder)).toEqual(['secret']);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('is told with its place where a folder stands there', () => {
    mkdirSync(join(folder, 'secret'));
    expect(() => installationSecret(undefined, folder)).toThrow(
      expect.objectContaining({ code: 'EISDIR', path: join(folder, 'secret') }),
    );
  });

  it('is never empty: nothing is signed with what everybody knows', () => {
    writeFileSync(join(folder, 'secret'), '');
    expect(() => installationSecret(undefined, folder)).toThrow(expect.objectContaining({ code: 'INVALID_SETTING' }));
  });
});
