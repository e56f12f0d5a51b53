import type { Settings } from '../../src/runtime/environment.ts';
import { remotePort } from '../../src/runtime/internal-port.ts';
import { openPeer } from '../../src/runtime/peer.ts';
import type { Peer } from '../../src/runtime/peer.ts';
import type { BehaviourSource } from './behaviour-source.ts';

/** What retrieval asks of the other subgraphs, where they are processes of their own; absent where no setting says where. */
export interface Neighbours {
  readonly behaviour?: BehaviourSource;
  readonly uploads?: (imageId: string) => Promise<Uint8Array>;
  close(): Promise<void>;
}

/** How long a build waits for the queries that led to a choice, milliseconds. */
const BUILD_PATIENCE = 60_000;

export function openNeighbours(settings: Settings, secret: string): Neighbours {
  const { MEDLEY_USER_PROFILE_URL, MEDLEY_QUERY_EMBEDDING_URL } = settings;
  const userProfile = MEDLEY_USER_PROFILE_URL ? openPeer(MEDLEY_USER_PROFILE_URL, secret) : undefined;
  const queryEmbedding = MEDLEY_QUERY_EMBEDDING_URL ? openPeer(MEDLEY_QUERY_EMBEDDING_URL, secret) : undefined;
  return {
    behaviour: userProfile && remoteBehaviour(userProfile, settings),
    uploads: queryEmbedding && remoteUploads(queryEmbedding, settings),
    close: async () => {
      await Promise.all([userProfile?.close(), queryEmbedding?.close()]);
    },
  };
}

/** A shelf that has to wait for what others did is filled from elsewhere; a build can wait. */
function remoteBehaviour(peer: Peer, { MEDLEY_VIEWER_DEADLINE: patience }: Settings): BehaviourSource {
  const port = { peer, name: 'behaviour', unavailable: 'USER_PROFILE_UNAVAILABLE' } as const;
  return {
    ...remotePort<Pick<BehaviourSource, 'trending' | 'boughtTogether'>>({
      ...port,
      methods: ['trending', 'boughtTogether'],
      patience,
    }),
    ...remotePort<Pick<BehaviourSource, 'engagedPairs' | 'chosenTogether' | 'reactions'>>({
      ...port,
      methods: ['engagedPairs', 'chosenTogether', 'reactions'],
      patience: BUILD_PATIENCE,
    }),
  };
}

interface Uploads {
  get(imageId: string): Promise<Uint8Array>;
}

function remoteUploads(peer: Peer, { MEDLEY_ENCODING_DEADLINE: patience }: Settings): Neighbours['uploads'] {
  const uploads = remotePort<Uploads>({
    peer,
    name: 'uploads',
    methods: ['get'],
    patience,
    unavailable: 'QUERY_EMBEDDING_UNAVAILABLE',
  });
  return (imageId) => uploads.get(imageId);
}
