import { stopTestServers } from './servers.ts';

/** Jest runs this once, after all tests. */
export default stopTestServers;
