import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives the tests and every process that they start a temporary folder of their own, so that nothing of a run is left behind, even
 * by those that are killed on purpose. Another user's process (Elasticsearch does not run as root) may pass through it.
 */
export function openTemporaryFolder(): void {
  process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'medley-tests-'));
  chmodSync(process.env['TMPDIR'], 0o755);
}

export function removeTemporaryFolder(): void {
  const folder = process.env['TMPDIR'];
  if (folder?.includes('medley-tests-') === true) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
