import type { Environment, SettingsReader } from '../runtime/settings.ts';
import { queryEmbeddingConfig } from '../../subgraphs/query-embedding/config.ts';
import { retrievalConfig } from '../../subgraphs/retrieval/config.ts';
import { readProfileSettings } from '../../subgraphs/user-profile/config.ts';

/** What reads the settings of each subgraph, by the setting that says that it runs elsewhere. */
const READERS = {
  MEDLEY_QUERY_EMBEDDING_URL: queryEmbeddingConfig,
  MEDLEY_USER_PROFILE_URL: readProfileSettings,
  MEDLEY_RETRIEVAL_URL: retrievalConfig,
} as const satisfies Readonly<Record<string, SettingsReader>>;

/** For a process that is all of them. */
export const SUBGRAPH_SETTINGS: readonly SettingsReader[] = Object.values(READERS);

/** For a command that opens retrieval, which learns from behaviour. */
export const INDEXING_SETTINGS: readonly SettingsReader[] = [readProfileSettings, retrievalConfig];

/** Those of the subgraphs that are started here. */
export function settingsStartedHere(env: Environment): readonly SettingsReader[] {
  return Object.entries(READERS).flatMap(([url, read]) => (env[url] === undefined ? [read] : []));
}
