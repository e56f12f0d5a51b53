import { layDataFolder } from '../runtime/data-folder.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import { logUnforeseen } from '../runtime/errors.ts';
import { createLogger } from '../runtime/logger.ts';
import { installationSecret } from '../runtime/secret.ts';
import type { Indexing } from '../../subgraphs/retrieval/indexing.ts';
import { openRetrieval } from '../../subgraphs/retrieval/main.ts';
import type { Retrieval } from '../../subgraphs/retrieval/main.ts';
import { NO_EVIDENCE_SOURCE } from '../../subgraphs/user-profile/evidence-source.ts';
import { openUserProfileProgram } from '../../subgraphs/user-profile/main.ts';
import { INDEXING_SETTINGS } from './subgraph-settings.ts';

/** Opens what it takes to bring a catalogue in, for the time of one work on it, which the signal interrupts. @throws MedleyError as `withRetrieval`. */
export function withIndexing<T>(work: (indexing: Indexing) => Promise<T>, signal?: AbortSignal): Promise<T> {
  return withRetrieval(async ({ indexing }) => {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => void indexing.close());
    const done = await work(indexing);
    await indexing.settled();
    return done;
  });
}

/**
 * Opens retrieval for the time of one work on it, and lets nobody else in.
 *
 * @throws MedleyError DATA_FOLDER_LOCKED where a server has the data folder open
 */
export async function withRetrieval<T>(work: (retrieval: Retrieval) => Promise<T>): Promise<T> {
  const env = environment();
  const settings = readSettings(env, INDEXING_SETTINGS);
  const log = createLogger(settings.MEDLEY_LOG_LEVEL);
  logUnforeseen(log);
  const dataFolder = settings.MEDLEY_DATA_DIR;
  layDataFolder(dataFolder);
  const secret = installationSecret(settings.MEDLEY_SECRET, dataFolder);
  const shared = { env, dataFolder, log, secret, onlyToIndex: true };
  const userProfile = await openUserProfileProgram({ ...shared, evidence: NO_EVIDENCE_SOURCE });
  try {
    const retrieval = await openRetrieval({ ...shared, behaviour: userProfile.behaviour });
    return await work(retrieval).finally(() => retrieval.close());
  } finally {
    await userProfile.close();
  }
}
