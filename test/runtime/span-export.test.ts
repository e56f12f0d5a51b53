import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { environment } from '../../src/runtime/environment.ts';

const run = promisify(execFile);
const fileOf = (name: string) => new URL(`../../src/runtime/${name}`, import.meta.url).href;
/** The library reads the environment of its process, so it gets one of its own. */
const PROGRAM = `
  import { createLogger } from '${fileOf('logger.ts')}';
  import { openSpanExport } from '${fileOf('span-export.ts')}';
  await openSpanExport('medley', createLogger('warn')).close();
`;

describe('the export of traces', () => {
  it('tells a setting that its library does not understand as such, not as a collector that is away', async () => {
    const env = { ...environment(), OTEL_TRACES_SAMPLER: 'nonsense' };
    const { stderr } = await run(process.execPath, ['--input-type=module', '-e', PROGRAM], { env });
    expect(stderr).toMatch(/nonsense.*a setting for traces is wrong/);
    expect(stderr).not.toMatch(/do not reach their collector/);
  });
});
