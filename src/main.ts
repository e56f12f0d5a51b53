import type { GraphQLSchema } from 'graphql';
import { openQueryEmbedding } from '../subgraphs/query-embedding/main.ts';
import { queryEmbeddingConfig } from '../subgraphs/query-embedding/config.ts';
import { openRetrieval } from '../subgraphs/retrieval/main.ts';
import type { Retrieval } from '../subgraphs/retrieval/main.ts';
import { openUserProfileProgram } from '../subgraphs/user-profile/main.ts';
import { openGateway } from './gateway/open-gateway.ts';
import type { Gateway } from './gateway/open-gateway.ts';
import { inProcessTransport } from './gateway/subgraph-client/in-process-transport.ts';
import type { SubgraphName } from './gateway/subgraph-client/subgraph-client.ts';
import type { Transport } from './gateway/subgraph-client/transport.ts';
import type { Encoders } from './inference/open-encoders.ts';
import { openModels } from './inference/releases/open-models.ts';
import { picturesOf } from './runtime/catalogue-pictures.ts';
import { layDataFolder } from './runtime/data-folder.ts';
import type { Environment, Settings } from './runtime/environment.ts';
import { logUnforeseen } from './runtime/errors.ts';
import type { Logger } from './runtime/logger.ts';
import { installationSecret } from './runtime/secret.ts';

/** Everything in one process: the gateway and its three subgraphs, on embedded parts. */
export interface Medley extends Gateway {
  readonly retrieval: Retrieval;
}

export interface MedleySettings {
  readonly env: Environment;
  readonly settings: Settings;
  readonly log: Logger;
  readonly storefront?: string;
  /** Others than those of the settings; closing them stays with whoever brought them. */
  readonly encoders?: Encoders;
  /** Stands between the gateway and each subgraph: where a test makes one slow, dead or counted. */
  readonly between?: (name: SubgraphName, transport: Transport) => Transport;
}

/** Opens the whole in one process; listening is the caller's. Closing drains first and leaves nothing behind. */
export async function openMedley({ env, settings, log, storefront, ...brought }: MedleySettings): Promise<Medley> {
  logUnforeseen(log);
  const dataFolder = settings.MEDLEY_DATA_DIR;
  layDataFolder(dataFolder);
  const secret = installationSecret(settings.MEDLEY_SECRET, dataFolder);
  const { workers } = queryEmbeddingConfig(env);
  const models = await openModels({ env, dataFolder, workers, brought: brought.encoders });
  const shared = { env, dataFolder, log, secret, models };
  // Each of the two asks the other; what user-profile asks before retrieval is open waits.
  const opened = Promise.withResolvers<Retrieval>();
  const userProfile = await openUserProfileProgram({
    ...shared,
    evidence: {
      shown: async (queryId) => (await opened.promise).evidence.shown(queryId),
      vectors: async (ids) => (await opened.promise).evidence.vectors(ids),
      sample: async (count) => (await opened.promise).evidence.sample(count),
      forget: async (viewer) => (await opened.promise).evidence.forget(viewer),
    },
  });
  const queryEmbedding = await openQueryEmbedding(shared);
  const uploads = (imageId: string) => queryEmbedding.uploads.get(imageId);
  const retrieval = await openRetrieval({ ...shared, behaviour: userProfile.behaviour, uploads });
  opened.resolve(retrieval);
  const transport = (name: SubgraphName, { schema }: { readonly schema: GraphQLSchema }) => {
    const own = inProcessTransport(schema, log);
    return brought.between?.(name, own) ?? own;
  };
  const programs = { 'query-embedding': queryEmbedding, 'user-profile': userProfile, retrieval };
  const gateway = await openGateway({
    settings,
    secret,
    log,
    storefront,
    uploads: queryEmbedding.uploads,
    transports: {
      'query-embedding': transport('query-embedding', queryEmbedding),
      'user-profile': transport('user-profile', userProfile),
      retrieval: transport('retrieval', retrieval),
    },
    pictureFolder: (catalogue) => picturesOf(dataFolder, catalogue),
    readiness: () => (retrieval.ready() ? { ready: true } : { ready: false, reason: 'no catalogue is published yet' }),
  });
  const close = async () => {
    await gateway.close();
    await Promise.all(Object.values(programs).map((program) => program.close()));
    await models.register.close();
  };
  return { ...gateway, close, retrieval };
}
