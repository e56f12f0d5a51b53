import { startTestServers } from './servers.ts';

/** Jest runs this once, before all tests; what it puts into the environment they see. */
export default startTestServers;
