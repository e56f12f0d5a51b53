import type { estypes } from '@elastic/elasticsearch';
import { checkVector } from '../fit-rows.ts';
import type { Candidate, CandidateSet, IndexQuery, Versions } from '../item-index.ts';
import { askedWords, compoundsAsked } from '../asked-words.ts';
import type { AskedWords } from '../asked-words.ts';
import { queryTerms, slipForms } from '../lexicon.ts';
import type { SoughtTerm } from '../lexicon.ts';
import { idIn, idsNamed, markNamed } from '../named-items.ts';
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
import { NO_TERMS, termFacts, termRequest } from './word-request.ts';
import type { TermFacts } from './word-request.ts';

/** Who is asked, and how. Where no script may run, exact scores come from a second search. */
export interface Asking extends CandidateManner {
  readonly cluster: Pick<Cluster, 'ask' | 'budget'>;
}

/** The candidates of every kind of evidence, each scored by every kind. Errors: SPACE_MISMATCH, UNKNOWN_FIELD. */
export async function findCandidates(
  asking: Asking,
  { head, fields, index }: Generation,
  query: IndexQuery,
): Promise<CandidateSet> {
  for (const { column, vector } of query.probes) checkVector(head, column, vector);
  const filter = toQuery(query.filter, fields);
  const answer = (terms: readonly SoughtTerm[]): Promise<Answer> =>
    answerOf({ ...asking, index }, { head, terms, query, filter, budget: asking.cluster.budget() });
  const written = queryTerms(query.words ?? '').map((term) => ({ term, weight: 1 }));
  const asWritten = await answer(written);
  const { sought, counted, standIns } = await asked(asking, index, { query, facts: asWritten.terms });
  const same = sought.length === written.length && sought.every(({ term }, at) => term === written[at]?.term);
  const { found, terms, partial, versions } = same ? asWritten : await answer(sought);
  return {
    candidates: favoured(found, query),
    idfSum: counted.reduce((sum, term) => sum + (terms.idf.get(term) ?? 0), 0),
    standIns,
    ...(partial && { partial }),
    versions,
  };
}

/** What the words ask for. How they may be parted is asked where they would find nothing otherwise. */
async function asked(
  { cluster }: Asking,
  index: string,
  { query, facts }: { readonly query: IndexQuery; readonly facts: TermFacts },
): Promise<AskedWords> {
  const forms = slipForms(query.words ?? '', query.literal);
  const ask = (request: estypes.SearchRequest): Promise<estypes.SearchResponse> =>
    cluster.ask((client, sending) => client.search({ index, ...request }, sending));
  const parts = [...new Set([...facts.held.values()].flat().map(stem))];
  const { idf } = parts.length === 0 ? NO_TERMS : termFacts(parts, new Map(), await ask(termRequest(parts, new Map())));
  const known = {
    has: (term: string) => facts.known.has(term),
    idf: (term: string) => facts.idf.get(term) ?? idf.get(term) ?? 0,
    standIns: (term: string) => facts.spellings.get(term) ?? [],
    held: (term: string) => facts.held.get(term),
  };
  const words = new Map<string, string>();
  const first = askedWords(query.words ?? '', {
    ...known,
    parted: (term) => {
      const word = facts.named ? undefined : forms.get(term)?.at(-1);
      if (word !== undefined) words.set(term, word);
      return undefined;
    },
  });
  if (words.size === 0) return first;
  const pairs = partedTerms(words, await ask(partingRequest(words)));
  return askedWords(query.words ?? '', { ...known, parted: (term) => pairs.get(term) });
}

/** The index asked, too. */
type AskingIndex = Asking & { readonly index: string };

interface Answer {
  readonly found: readonly Candidate[];
  /** Some of the index did not answer, or not in time. */
  readonly partial: boolean;
  readonly versions?: Versions;
  readonly terms: TermFacts;
}

async function answerOf(asking: AskingIndex, asked: AskedQuery): Promise<Answer> {
  const [found, terms] = await Promise.all([find(asking, asked), factsOf(asking, asked)]);
  return { ...found, terms };
}

/** What of the answer is read. */
const READ = [COLUMN_VALUES, 'hits.hits.matched_queries', ...WHOLENESS];

async function find(asking: AskingIndex, asked: AskedQuery): Promise<Omit<Answer, 'terms'>> {
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

async function factsOf({ cluster, index }: AskingIndex, { terms, query }: AskedQuery): Promise<TermFacts> {
  if (terms.length === 0) return NO_TERMS;
  const words = [...new Set([...terms, ...compoundsAsked(query.words ?? '')].map(({ term }) => term))];
  const forms = slipForms(query.words ?? '', query.literal);
  const request = { index, ...termRequest(words, forms, idIn(query.words)) };
  return termFacts(words, forms, await cluster.ask((client, sending) => client.search(request, sending)));
}
