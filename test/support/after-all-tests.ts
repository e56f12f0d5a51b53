import { stopTestServers } from './servers.ts';
import { removeTemporaryFolder } from './temporary-folder.ts';

/** Jest runs this once, after all tests. */
export default async function afterAllTests(): Promise<void> {
  await stopTestServers();
  removeTemporaryFolder();
}
