import type { estypes } from '@elastic/elasticsearch';
import { checkVector } from '../fit-rows.ts';
import type { Candidate, CandidateSet, IndexQuery, Versions } from '../item-index.ts';
import { askedWords, slipsIn, unreadForms } from '../asked-words.ts';
import type { AskedWords } from '../asked-words.ts';
import { compoundsAsked } from '../compounds.ts';
import { queryTerms, slipForms, standIns, wayOf } from '../lexicon.ts';
import type { Slips, Way } from '../lexicon.ts';
import { idIn, idsNamed, markNamed } from '../named-items.ts';
import { besideOthers, besideRequest, unclear } from './beside-request.ts';
import { candidateRequest, LEXICAL, NAMED, partName } from './candidate-request.ts';
import type { AskedQuery, CandidateManner } from './candidate-request.ts';
import type { Cluster } from './cluster.ts';
import { isPartial } from './cluster-errors.ts';
import { COLUMN_VALUES, idOf, versionsOf, WHOLENESS } from './column-hits.ts';
import { favoured } from './favoured.ts';
import { filledCosines } from './filled-cosines.ts';
import type { CosinesById } from './filled-cosines.ts';
import { toQuery } from './filter-query.ts';
import type { Generation } from './generations.ts';
import { partedTerms, partingRequest } from './parting-request.ts';
import { stem } from '../stem.ts';
import { NO_SYNONYMS } from '../synonyms.ts';
import { NO_TERMS, termFacts, termRequest } from './word-request.ts';
import type { TermFacts } from './word-request.ts';

/** Who is asked, and how. Where no script may run, exact scores come from a second search. */
export interface Asking extends CandidateManner {
  readonly cluster: Pick<Cluster, 'ask' | 'budget'>;
}

/** The candidates of every kind of evidence, each scored by every kind. Errors: SPACE_MISMATCH, UNKNOWN_FIELD. */
export async function findCandidates(manner: Asking, generation: Generation, query: IndexQuery): Promise<CandidateSet> {
  const { head, fields, index } = generation;
  for (const { column, vector } of query.probes) checkVector(head, column, vector);
  const filter = toQuery(query.filter, fields);
  const asking = { ...manner, index };
  const { words = '', synonyms = NO_SYNONYMS } = query;
  const look = (sought: Way): Promise<Found> =>
    find(asking, { head, sought, query, filter, budget: asking.cluster.budget() });
  const written = wayOf(queryTerms(words));
  // Of what rules are about, something else is looked for.
  const isWritten = synonyms.matches(words).length === 0;
  const [facts, early] = await Promise.all([factsOf(asking, query), isWritten ? look(written) : undefined]);
  const read = await asked(asking, query, facts);
  const forms = facts.named ? new Map() : slipForms(words, query.literal);
  const mended = synonyms.mended(words, unreadForms(read, forms));
  if (mended) {
    const meant = await findCandidates(manner, generation, { ...query, words: mended.words });
    return { ...meant, standIns: new Map([...meant.standIns, ...mended.standIns]) };
  }
  const { sought, counted, standIns, unread } = read;
  const lacking = counted.filter((term) => !facts.idf.has(term));
  const [found, others] = await Promise.all([
    early && areAlike(sought, written) ? early : look(sought),
    idfOf(asking, lacking),
  ]);
  return {
    candidates: favoured(found.found, query),
    idfSum: counted.reduce((sum, term) => sum + (facts.idf.get(term) ?? others.get(term) ?? 0), 0),
    standIns,
    unread: facts.named ? [] : unread,
    ...(found.partial && { partial: true }),
    versions: found.versions,
  };
}

function areAlike({ terms, senses }: Way, written: Way): boolean {
  if (senses.length > 0 || terms.length !== written.terms.length) return false;
  return terms.every(({ term }, at) => term === written.terms[at]?.term);
}

/** What the words ask for. How they may be parted is asked where they would find nothing otherwise. */
async function asked(asking: AskingIndex, query: IndexQuery, facts: TermFacts): Promise<AskedWords> {
  const { words = '', literal, synonyms = NO_SYNONYMS } = query;
  const forms = slipForms(words, literal);
  const known = {
    has: (term: string) => facts.known.has(term),
    hasAll: (terms: readonly string[]) => facts.known.has(terms.join(' ')),
    idf: (term: string) => facts.idf.get(term) ?? 0,
    standIns: (term: string, _: readonly string[], slips: Slips) =>
      standIns((slips === 1 ? facts.near : facts.far).get(term) ?? [], facts.items),
    held: (term: string) => facts.held.get(term),
  };
  const unread = new Map<string, string>();
  const parted = (term: string): undefined => {
    const word = facts.named ? undefined : forms.get(term)?.at(-1);
    if (word !== undefined) unread.set(term, word);
  };
  const first = askedWords(words, { ...known, parted }, synonyms);
  if (unread.size === 0) return first;
  const pairs = partedTerms(unread, await askIndex(asking, partingRequest(unread)));
  return askedWords(words, { ...known, parted: (term) => pairs.get(term) }, synonyms);
}

function askIndex({ cluster, index }: AskingIndex, request: estypes.SearchRequest): Promise<estypes.SearchResponse> {
  return cluster.ask((client, sending) => client.search({ index, ...request }, sending));
}

async function idfOf(asking: AskingIndex, terms: readonly string[]): Promise<TermFacts['idf']> {
  if (terms.length === 0) return NO_TERMS.idf;
  return termFacts({ terms }, await askIndex(asking, termRequest({ terms }))).idf;
}

/** The index asked, too. */
type AskingIndex = Asking & { readonly index: string };

interface Found {
  readonly found: readonly Candidate[];
  /** Some of the index did not answer, or not in time. */
  readonly partial: boolean;
  readonly versions?: Versions;
}

/** What of the answer is read. */
const READ = [COLUMN_VALUES, 'hits.hits.matched_queries', ...WHOLENESS];

async function find(asking: AskingIndex, asked: AskedQuery): Promise<Found> {
  const { cluster, index, scripts } = asking;
  const request = { index, ...candidateRequest(asked, asking) };
  if (!request.query && !request.knn) return { found: [], partial: false };
  const answer = await cluster.ask((client, sending) =>
    client.search({ ...request, include_named_queries_score: true, filter_path: READ }, sending),
  );
  // Elasticsearch leaves out what is empty where it is told what to answer with.
  const these = (answer.hits as Partial<typeof answer.hits> | undefined)?.hits ?? [];
  const filled = scripts ? undefined : await filledCosines(asking, asked, these.map(idOf));
  return {
    found: markNamed(
      these.map((hit) => candidateOf(hit, asked, filled?.cosines)),
      namedAmong(these, asked),
    ),
    partial: isPartial(answer) || filled?.partial === true,
    versions: asking.versions ? versionsOf(these) : undefined,
  };
}

function candidateOf(hit: estypes.SearchHit, asked: AskedQuery, filled?: CosinesById): Candidate {
  const id = idOf(hit);
  const parts = partsOf(hit);
  const cosines = asked.query.probes.map((_, place) => {
    const part = parts[partName(place)];
    return filled?.[place]?.get(id) ?? (part === undefined ? null : part - 1);
  });
  return { id, lexical: parts[LEXICAL] ?? 0, cosines };
}

function partsOf({ matched_queries: parts }: estypes.SearchHit): Readonly<Record<string, number>> {
  return (parts ?? {}) as Readonly<Record<string, number>>;
}

function namedAmong(hits: readonly estypes.SearchHit[], { query }: AskedQuery): readonly string[] {
  const ids = hits.filter((hit) => NAMED in partsOf(hit)).map(idOf);
  return idsNamed(idIn(query.words) ?? '', ids);
}

async function factsOf(
  asking: AskingIndex,
  { words = '', literal, synonyms = NO_SYNONYMS }: IndexQuery,
): Promise<TermFacts> {
  const asked = queryTerms(words);
  if (asked.length === 0) return NO_TERMS;
  const together = synonyms.matches(words).flatMap((rule) => rule.synonyms);
  const compounds = compoundsAsked(words).map(({ term }) => term);
  const questions = {
    terms: [...new Set([...asked, ...compounds, ...together.flat()])],
    forms: slipForms(words, literal),
    slips: slipsIn(asked),
    together: together.filter(({ length }) => length > 1),
    id: idIn(words),
  };
  const facts = termFacts(questions, await askIndex(asking, termRequest(questions)));
  const parts = [...new Set([...facts.held.values()].flat().map(stem))].filter((part) => !facts.idf.has(part));
  const beside = asked.filter((term) => facts.known.has(term));
  const [others, told] = await Promise.all([idfOf(asking, parts), nearBeside(asking, facts, beside)]);
  return { ...facts, ...told, idf: new Map([...facts.idf, ...others]) };
}

/** What is near to words that no item has; where there is a choice, with how it goes with the other words. */
async function nearBeside(
  asking: AskingIndex,
  { near, far }: TermFacts,
  beside: readonly string[],
): Promise<Pick<TermFacts, 'near' | 'far'>> {
  const choice = [...unclear(near), ...unclear(new Map([...far].filter(([term]) => !near.has(term))))];
  if (choice.length === 0 || beside.length === 0) return { near, far };
  const answer = await askIndex(asking, besideRequest(choice, beside));
  return { near: besideOthers(near, answer), far: besideOthers(far, answer) };
}
