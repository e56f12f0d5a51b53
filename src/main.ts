import { openQueryEmbedding } from '../subgraphs/query-embedding/main.ts';
import { queryEmbeddingConfig } from '../subgraphs/query-embedding/config.ts';
import { openRetrieval } from '../subgraphs/retrieval/main.ts';
import type { Retrieval } from '../subgraphs/retrieval/main.ts';
import { openUserProfileProgram } from '../subgraphs/user-profile/main.ts';
import { openGateway } from './gateway/open-gateway.ts';
import type { Gateway } from './gateway/open-gateway.ts';
import { inProcessTransport } from './gateway/subgraph-client/in-process-transport.ts';
import { openEncoders } from './inference/open-encoders.ts';
import type { Encoders } from './inference/open-encoders.ts';
import { picturesOf } from './runtime/catalogue-pictures.ts';
import type { Environment, Settings } from './runtime/environment.ts';
import type { Logger } from './runtime/logger.ts';
import { installationSecret } from './runtime/secret.ts';

/** Everything in one process: the gateway and its three subgraphs, on embedded parts. */
export interface Medley extends Gateway {
  readonly retrieval: Retrieval;
  readonly encoders: Encoders;
}

export interface MedleySettings {
  readonly env: Environment;
  readonly settings: Settings;
  readonly log: Logger;
  readonly storefront?: string;
}

/** Opens the whole in one process; listening is the caller's. Closing drains first and leaves nothing behind. */
export async function openMedley({ env, settings, log, storefront }: MedleySettings): Promise<Medley> {
  const dataFolder = settings.MEDLEY_DATA_DIR;
  const secret = installationSecret(settings.MEDLEY_SECRET, dataFolder);
  const { models, workers } = queryEmbeddingConfig(env);
  const encoders = await openEncoders({ ...models, workers });
  const shared = { env, dataFolder, log, secret, encoders };
  const userProfile = await openUserProfileProgram({
    ...shared,
    evidence: {
      shown: (queryId) => retrieval.evidence.shown(queryId),
      vectors: (ids) => retrieval.evidence.vectors(ids),
      sample: (count) => retrieval.evidence.sample(count),
    },
  });
  const queryEmbedding = await openQueryEmbedding(shared);
  const uploads = (imageId: string) => queryEmbedding.uploads.get(imageId);
  const retrieval = await openRetrieval({ ...shared, behaviour: userProfile.behaviour, uploads });
  const programs = { 'query-embedding': queryEmbedding, 'user-profile': userProfile, retrieval };
  const gateway = await openGateway({
    settings,
    secret,
    log,
    storefront,
    uploads: queryEmbedding.uploads,
    transports: {
      'query-embedding': inProcessTransport(queryEmbedding.schema, log),
      'user-profile': inProcessTransport(userProfile.schema, log),
      retrieval: inProcessTransport(retrieval.schema, log),
    },
    pictureFolder: (catalogue) => picturesOf(dataFolder, catalogue),
    readiness: () => (retrieval.ready() ? { ready: true } : { ready: false, reason: 'no catalogue is published yet' }),
  });
  const close = async () => {
    await gateway.close();
    await Promise.all(Object.values(programs).map((program) => program.close()));
    await encoders.close();
  };
  return { ...gateway, close, retrieval, encoders };
}
