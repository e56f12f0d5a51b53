import { openChangingFile } from '../../src/runtime/changing-file.ts';
import type { ChangingFile } from '../../src/runtime/changing-file.ts';
import type { Logger } from '../../src/runtime/logger.ts';
import { NO_SYNONYMS, Synonyms } from './index/synonyms.ts';
import type { PolicySource } from './ranking-policy.ts';
import { readRankingProfiles } from './ranking-profiles.ts';
import { tellRefused } from './retrieval-metrics.ts';
import { readRules } from './rules/rules-file.ts';
import { readPopularSearches } from './suggesting/popular-searches-file.ts';
import { NO_SEARCHES, PopularSearches } from './suggesting/popular-searches.ts';
import { readSynonyms } from './synonyms-file.ts';

/** Where the ranking policy stands, by setting; what no file says is as it comes. */
export interface PolicyFiles {
  readonly MEDLEY_RANKING_PROFILES?: string;
  readonly MEDLEY_SYNONYMS?: string;
  readonly MEDLEY_RANKING_RULES?: string;
  readonly MEDLEY_POPULAR_SEARCHES?: string;
}

/** A policy that follows its files: a changed one holds within seconds, unless something is wrong with it. */
export interface OpenPolicy {
  readonly policy: PolicySource;
  close(): Promise<void>;
}

/** Errors: INVALID_SETTING where a file is wrong as it is now. */
export async function openPolicyFiles(files: PolicyFiles, log: Logger): Promise<OpenPolicy> {
  const opened: ChangingFile<unknown>[] = [];
  const follow = async <T>(setting: keyof PolicyFiles, read: (file: string) => T, unset: T): Promise<() => T> => {
    const file = files[setting];
    if (file === undefined) return () => unset;
    const changing = await openChangingFile({ file, read, ...telling(setting, log) });
    opened.push(changing);
    return changing.current;
  };
  const profiles = await follow('MEDLEY_RANKING_PROFILES', readRankingProfiles, readRankingProfiles());
  const synonyms = await follow('MEDLEY_SYNONYMS', (file) => new Synonyms(readSynonyms(file)), NO_SYNONYMS);
  const rules = await follow('MEDLEY_RANKING_RULES', readRules, []);
  const popular = await follow(
    'MEDLEY_POPULAR_SEARCHES',
    (file) => new PopularSearches(readPopularSearches(file)),
    NO_SEARCHES,
  );
  return {
    policy: () => ({ profiles: profiles(), synonyms: synonyms(), rules: rules(), popular: popular() }),
    close: () => {
      for (const file of opened) file.close();
      return Promise.resolve();
    },
  };
}

function telling(setting: keyof PolicyFiles, log: Logger) {
  tellRefused(setting, false);
  return {
    onRead: () => {
      tellRefused(setting, false);
      log.info({ setting }, 'a changed file was read and applies from now on');
    },
    onRefused: (err: unknown) => {
      tellRefused(setting, true);
      log.error({ err, setting }, 'a changed file is wrong; its last good content still applies');
    },
  };
}
