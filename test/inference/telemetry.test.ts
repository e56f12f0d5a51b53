import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { environment } from '../../src/runtime/environment.ts';

/** What silences the runtime of the models by itself, and would hide that Medley does not. */
const SILENCING = ['ORT_DISABLE_TELEMETRY', 'ORT_RUNNING_UNIT_TESTS', 'CI', 'GITHUB_ACTIONS', 'TF_BUILD'];

const modelFolder = (name: string) => fileURLToPath(new URL(`../../models/${name}`, import.meta.url));
const moduleOf = (path: string) => new URL(path, import.meta.url).href;

it('opening the models leaves no identifier at home and sends nothing away', async () => {
  const home = mkdtempSync(join(tmpdir(), 'medley-home-'));
  const env = Object.fromEntries(Object.entries(environment()).filter(([name]) => !SILENCING.includes(name)));
  const script = `
    const { openEncoders } = await import('${moduleOf('../../src/inference/open-encoders.ts')}');
    const encoders = await openEncoders({ text: '${modelFolder('minilm-l6-v2')}', picture: '${modelFolder('efficientnet-lite0')}', workers: 1 });
    console.log((await encoders.text.encode(['red dress'])).length);
    await encoders.close();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...env, HOME: home, XDG_CACHE_HOME: join(home, 'cache') },
  });
  expect(stdout.trim()).toBe('1');
  expect(readdirSync(home)).toEqual([]);
  rmSync(home, { recursive: true });
});
