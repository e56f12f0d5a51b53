import { startTestServers } from './servers.ts';
import { openTemporaryFolder } from './temporary-folder.ts';

/** Jest runs this once, before all tests; what it puts into the environment they see. */
export default async function beforeAllTests(): Promise<void> {
  openTemporaryFolder();
  await startTestServers();
}
