import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openDatabase } from '../../src/runtime/database.ts';
import { readSettings } from '../../src/runtime/environment.ts';
import type { Environment } from '../../src/runtime/environment.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { remotePort, servePort } from '../../src/runtime/internal-port.ts';
import { openPeer } from '../../src/runtime/peer.ts';
import type { ProgramSettings } from '../../src/runtime/run-alone.ts';
import { runSubgraph } from '../../src/runtime/run-subgraph.ts';
import type { Program } from '../../src/runtime/run-subgraph.ts';
import type { Behaviour } from './behaviour.ts';
import { readProfileSettings } from './config.ts';
import type { EvidenceSource } from './evidence-source.ts';
import { openSqlProfileStore } from './sql-profile-store.ts';
import type { ProfileTables } from './sql-profile-tables.ts';
import { userProfileSubgraph } from './subgraph.ts';
import { openUserProfile } from './user-profile.ts';

/** user-profile with its outsiders opened: the database, and retrieval's evidence. */
export interface UserProfileProgram extends Program {
  readonly behaviour: Behaviour;
}

export interface UserProfileSettings extends ProgramSettings {
  /** retrieval, in this process or in another. */
  readonly evidence: EvidenceSource;
}

const EVIDENCE_METHODS = ['shown', 'vectors', 'sample', 'forget'] as const;
const BEHAVIOUR_METHODS = ['engagedPairs', 'chosenTogether', 'reactions', 'trending', 'boughtTogether'] as const;

export async function openUserProfileProgram({
  env,
  dataFolder,
  log,
  evidence,
}: UserProfileSettings): Promise<UserProfileProgram> {
  const settings = readSettings(env);
  const place = settings.MEDLEY_DATABASE_URL
    ? { url: settings.MEDLEY_DATABASE_URL }
    : { folder: join(dataFolder, 'database', 'user-profile') };
  const program = openUserProfile({
    store: await openSqlProfileStore(openDatabase<ProfileTables>(place)),
    source: evidence,
    settings: readProfileSettings(env),
    onFailure: (error) => {
      log.warn({ err: error }, 'a profile could not be updated');
    },
  });
  return {
    schema: userProfileSubgraph(program),
    behaviour: program.behaviour,
    serveInternally: (app: FastifyInstance) => {
      servePort(app, { name: 'behaviour', port: program.behaviour, methods: BEHAVIOUR_METHODS });
    },
    close: () => program.close(),
  };
}

/** user-profile as a process of its own, with retrieval in another. */
async function openAlone(settings: ProgramSettings): Promise<Program> {
  const { MEDLEY_DEADLINE: patience } = readSettings(settings.env);
  const peer = openPeer(retrievalUrl(settings.env), settings.secret);
  const evidence = remotePort<EvidenceSource>({
    peer,
    name: 'evidence',
    methods: EVIDENCE_METHODS,
    patience,
    unavailable: 'RETRIEVAL_UNAVAILABLE',
  });
  const program = await openUserProfileProgram({ ...settings, evidence });
  return {
    ...program,
    close: async () => {
      await program.close();
      await peer.close();
    },
  };
}

function retrievalUrl(env: Environment): string {
  const { MEDLEY_RETRIEVAL_URL: url } = readSettings(env);
  if (url) return url;
  throw new MedleyError(
    'INVALID_SETTING',
    'MEDLEY_RETRIEVAL_URL is not set. user-profile needs it: it learns from what retrieval showed.',
  );
}

if (import.meta.main) await runSubgraph('user-profile', openAlone, [readProfileSettings, retrievalUrl]);
