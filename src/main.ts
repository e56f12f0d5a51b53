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
import { unwinding } from './runtime/unwinding.ts';
import type { Keep } from './runtime/unwinding.ts';
import type { ViewerRef } from './vocabulary/search-request.ts';

/** Everything in one process: the gateway and its three subgraphs, on embedded parts. */
export interface Medley extends Gateway {
  readonly retrieval: Retrieval;
}

export interface MedleySettings {
  readonly env: Environment;
  readonly settings: Settings;
  readonly log: Logger;
  readonly storefront?: string;
  /** Encoders to use in the place of the configured ones; the caller closes them. */
  readonly encoders?: Encoders;
  /** Stands between the gateway and each subgraph: where a test makes one slow, dead or counted. */
  readonly between?: (name: SubgraphName, transport: Transport) => Transport;
}

/** Opens the whole in one process; listening is the caller's. Closing drains first and leaves nothing behind. */
export function openMedley(settings: MedleySettings): Promise<Medley> {
  return unwinding((keep) => openParts(settings, keep));
}

async function openParts({ env, settings, log, storefront, ...brought }: MedleySettings, keep: Keep): Promise<Medley> {
  logUnforeseen(log);
  const dataFolder = settings.MEDLEY_DATA_DIR;
  layDataFolder(dataFolder);
  const secret = installationSecret(settings.MEDLEY_SECRET, dataFolder);
  const { workers } = queryEmbeddingConfig(env);
  const models = await openModels({ env, dataFolder, workers, brought: brought.encoders });
  keep(models.register);
  const shared = { env, dataFolder, log, secret, models };
  const evidence = evidenceToCome();
  const userProfile = keep(await openUserProfileProgram({ ...shared, evidence }));
  // Closed before user-profile: what that one waits for will not come.
  keep({ close: () => evidence.fail() });
  const queryEmbedding = keep(await openQueryEmbedding(shared));
  const uploads = (imageId: string) => queryEmbedding.uploads.get(imageId);
  const retrieval = keep(await openRetrieval({ ...shared, behaviour: userProfile.behaviour, uploads }));
  evidence.come(retrieval.evidence);
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
    keptPictures: retrieval.pictures,
    readiness: () => (retrieval.ready() ? { ready: true } : { ready: false, reason: 'no catalogue is published yet' }),
  });
  const close = async () => {
    await gateway.close();
    await Promise.all(Object.values(programs).map((program) => program.close()));
    await models.register.close();
  };
  return { ...gateway, close, retrieval };
}

/** user-profile and retrieval each ask the other; what the first asks before the second is open waits, and fails if it never opens. */
function evidenceToCome() {
  const coming = Promise.withResolvers<Retrieval['evidence']>();
  coming.promise.catch(() => undefined);
  return {
    shown: async (queryId: string) => (await coming.promise).shown(queryId),
    vectors: async (ids: readonly string[]) => (await coming.promise).vectors(ids),
    sample: async (count: number) => (await coming.promise).sample(count),
    forget: async (viewer: ViewerRef) => (await coming.promise).forget(viewer),
    come: coming.resolve,
    fail: () => {
      coming.reject(new Error('retrieval could not be opened'));
      return Promise.resolve();
    },
  };
}
