import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openDatabase } from '../../src/runtime/database.ts';
import { readSettings } from '../../src/runtime/environment.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { remotePort, servePort } from '../../src/runtime/internal-port.ts';
import { runAlone } from '../../src/runtime/run-alone.ts';
import type { Program, ProgramSettings } from '../../src/runtime/run-alone.ts';
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
  /** retrieval in this process; asked over HTTP when absent. */
  readonly evidence?: EvidenceSource;
}

const EVIDENCE_METHODS = ['shown', 'vectors', 'sample', 'forget'] as const;
const BEHAVIOUR_METHODS = ['engagedPairs', 'trending', 'boughtTogether'] as const;

export async function openUserProfileProgram({
  env,
  dataFolder,
  log,
  secret,
  evidence,
}: UserProfileSettings): Promise<UserProfileProgram> {
  const { MEDLEY_DATABASE_URL, MEDLEY_RETRIEVAL_URL } = readSettings(env);
  const place = MEDLEY_DATABASE_URL
    ? { url: MEDLEY_DATABASE_URL }
    : { folder: join(dataFolder, 'database', 'user-profile') };
  const program = openUserProfile({
    store: await openSqlProfileStore(openDatabase<ProfileTables>(place)),
    source: evidence ?? remoteEvidence(MEDLEY_RETRIEVAL_URL, secret),
    settings: readProfileSettings(env),
    onFailure: (error) => {
      log.warn({ err: error }, 'a profile could not be brought up to date');
    },
  });
  return {
    schema: userProfileSubgraph(program),
    behaviour: program.behaviour,
    serveInternally: (app: FastifyInstance) => {
      servePort(app, { name: 'behaviour', port: program.behaviour, methods: BEHAVIOUR_METHODS, secret });
    },
    close: () => program.close(),
  };
}

function remoteEvidence(url: string | undefined, secret: string): EvidenceSource {
  if (url) return remotePort<EvidenceSource>({ url, name: 'evidence', methods: EVIDENCE_METHODS, secret });
  throw new MedleyError(
    'INVALID_SETTING',
    'MEDLEY_RETRIEVAL_URL is not set; user-profile learns from what retrieval showed.',
  );
}

if (import.meta.main) await runAlone('user-profile', openUserProfileProgram);
