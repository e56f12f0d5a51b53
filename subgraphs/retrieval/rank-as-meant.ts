import type { QueryEncoding } from '../../src/vocabulary/encoding.ts';
import type { SearchQuery } from '../../src/vocabulary/search-request.ts';
import { withBegunWord } from './begun-word.ts';
import { browseWindow, emptyWindow } from './browse.ts';
import type { BrowsedWindow } from './browse.ts';
import { didYouMean } from './did-you-mean.ts';
import { encodeAsMeant } from './encode-as-meant.ts';
import { encodeSynonyms } from './encode-synonyms.ts';
import type { Serves } from './encoded-words.ts';
import { NO_SYNONYMS } from './index/synonyms.ts';
import { planSearch } from './query-plan.ts';
import type { QueryPlan } from './query-plan.ts';
import { rankWindow } from './rank-window.ts';
import type { RankedWindow, RankSettings } from './rank-window.ts';
import type { ServingIndex } from './serving-index.ts';

export interface RankPorts {
  readonly index: ServingIndex;
  /** What words as they were meant are encoded with; absent, they are compared as they were sent. */
  readonly encoders?: Serves['encoders'];
}

interface Asked {
  readonly request: SearchQuery;
  readonly encoding: QueryEncoding | null;
}

interface Ranking extends RankPorts {
  /** The index, of which what does not answer is left out. What of the items that were asked with is lost, is told where they are read. */
  readonly answering: ServingIndex;
}

/** What is compared, and how. */
interface Planned {
  readonly plan: QueryPlan;
  readonly settings: RankSettings;
}

interface RankedAsMeant extends Planned {
  readonly ranked: RankedWindow & Partial<BrowsedWindow>;
  /** The words with slips mended. */
  readonly meant?: string;
}

/** Ranks a query as it was meant. Where nothing was asked all items are hits; where all that was asked had to be left out, none is. */
export async function rankAsMeant(asked: Asked, settings: RankSettings, ports: Ranking): Promise<RankedAsMeant> {
  const { request } = asked;
  const asSent = await planned(asked, settings, ports);
  const { plan } = asSent;
  if (plan.words === undefined && plan.probes.length === 0) {
    if (request.parts.length > 0) return { ...asSent, ranked: emptyWindow(request) };
    return { ...asSent, ranked: await browseWindow(ports.answering, settings, request.facets) };
  }
  const fields = request.facets.map(({ field }) => field);
  return rankMended(asked, { plan, settings: { ...asSent.settings, fields } }, ports);
}

/** By what a shop says that its words mean. */
async function planned({ request, encoding }: Asked, settings: RankSettings, ports: RankPorts): Promise<Planned> {
  const { index, encoders } = ports;
  const { synonyms = NO_SYNONYMS } = settings;
  const serves = encoders && { head: index.serving().head, encoders };
  const meant = encoding && serves && (await encodeSynonyms({ request, encoding }, synonyms, serves));
  const said = meant?.encoding ?? encoding;
  const plan = await planSearch(request, said, index);
  const { words } = plan;
  return {
    plan: {
      ...plan,
      ...(words !== undefined && { meaning: synonyms.asMeant(words) }),
      degradations: [...plan.degradations, ...(meant?.degradations ?? [])],
    },
    settings: said ? { ...settings, tilts: { ...settings.tilts, query: said.tilt } } : settings,
  };
}

/** Ranks, and where words were misspelt or only begun, ranks again as they were meant. */
async function rankMended(asked: Asked, { plan, settings }: Planned, ports: Ranking): Promise<RankedAsMeant> {
  const { answering: index, encoders } = ports;
  const { synonyms = NO_SYNONYMS } = settings;
  const ranked = await rankWindow(plan, index, settings);
  const { words = '', literal } = plan;
  const standIns = await withBegunWord({ ...ranked, words, literal }, index);
  const meant = await didYouMean(words, standIns, index);
  if (meant === undefined) return { plan, settings, ranked };
  const serves = encoders && { head: index.serving().head, encoders };
  const again = serves && (await encodeAsMeant({ ...asked, standIns, meant }, serves));
  if (again && 'literal' in again) {
    const asWritten = { ...plan, literal: [...(literal ?? []), ...again.literal] };
    return rankMended(asked, { plan: asWritten, settings }, ports);
  }
  if (again && 'request' in again) {
    const mended = await planned(again, settings, ports);
    const asMeant = { ...mended, plan: { ...mended.plan, literal } };
    return { ...asMeant, ranked: await rankWindow(asMeant.plan, index, asMeant.settings), meant };
  }
  const degradations = [...plan.degradations, ...(again ? [again.lost] : [])];
  const asSent = { plan: { ...plan, degradations }, settings, meant };
  // What stands in for a slip the index has looked for already, but rules were held against the words as they were sent.
  if (standIns === ranked.standIns && !settings.rules?.length) return { ...asSent, ranked };
  const continued = { ...asSent.plan, words: meant, meaning: synonyms.asMeant(meant) };
  return { ...asSent, plan: continued, ranked: await rankWindow(continued, index, settings) };
}
