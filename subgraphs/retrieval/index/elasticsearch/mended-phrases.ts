import type { estypes } from '@elastic/elasticsearch';
import type { Slips } from '../lexicon.ts';
import { beginsWithinOneEdit, beginsWithinTwoEdits, withinOneEdit, withinTwoEdits } from '../resident/one-edit.ts';
import { begunBy, meantBy, meantForms, telling, twiceSlipped } from '../start-slips.ts';
import { inEitherNumber } from '../stem.ts';
import { phraseWords } from '../written-words.ts';
import type { Cluster } from './cluster.ts';
import type { Generation } from './generations.ts';
import {
  askPhrases,
  firstLetters,
  fittingAll,
  phraseBuckets,
  phraseRequest,
  READ,
  wordPattern,
} from './phrase-request.ts';

/** How many beginnings of words are asked for, that are near to one. */
const NEAR = 20;
/** More items than there are: a beginning that many have is near to others, too. */
const ANY_NUMBER = 2 ** 31 - 1;

/** A word of what is typed, and what may stand for it in a phrase. */
interface Choice {
  readonly word: string;
  /** Typed to its end; of the last, more may follow. */
  readonly whole: boolean;
  /** Some phrase has it so, or in the other number. */
  readonly known: boolean;
  /** For one that none has: beginnings of words that are near, as many letters as are looked up. */
  readonly near: readonly string[];
}

/**
 * Phrases with the words that say something, in either number, where each that no phrase has may be one that it is a slip of; where there
 * are none, a long one may have two slips. One search asks what is near, another finds them.
 */
export async function mendedPhrases(
  cluster: Pick<Cluster, 'ask'>,
  generation: Generation,
  { words, limit }: { readonly words: readonly string[]; readonly limit: number },
): Promise<readonly string[]> {
  const asked = telling(words);
  if (asked.length === 0) return [];
  const found = await mendedBy(cluster, generation, { asked, limit, slips: 1 });
  const isLong = asked.some((word) => twiceSlipped(meantForms(word), 2).length > 0);
  return found.length > 0 || !isLong ? found : mendedBy(cluster, generation, { asked, limit, slips: 2 });
}

interface Mending {
  readonly asked: readonly string[];
  readonly limit: number;
  readonly slips: Slips;
}

async function mendedBy(
  cluster: Pick<Cluster, 'ask'>,
  generation: Generation,
  { asked, limit, slips }: Mending,
): Promise<readonly string[]> {
  const choices = await choicesOf(cluster, generation, { asked, slips });
  if (choices.some(({ known, near }) => !known && near.length === 0)) return [];
  const sought = {
    query: choices.map(({ word, known, near }) => ({
      terms: { 'phrases.words': known ? beginnings(word) : [...near] },
    })),
    phrases: { include: fittingAll(choices.map(patternOf)), execution_hint: 'map' },
    most: READ,
  } as const;
  const phrases = await askPhrases(cluster, generation, { ...sought, limit });
  const fits = choices.map((choice) => fitting(choice, slips));
  return phrases.filter((phrase) => fits.every((isFit) => [...phraseWords(phrase)].some(isFit)));
}

/** How the word begins in either number, as many letters as are looked up. */
function beginnings(word: string): string[] {
  return [...new Set(inEitherNumber(word).map(firstLetters))];
}

function patternOf({ word, whole, known, near }: Choice): string {
  if (known) return knownPattern(word, whole);
  return whole ? wordPattern(near) : wordPattern([], near);
}

function knownPattern(word: string, whole: boolean): string {
  return wordPattern(inEitherNumber(word), whole ? [] : [word]);
}

function fitting({ word, whole, known }: Choice, slips: Slips): (its: string) => boolean {
  if (!known) return whole ? meantBy(word, slips) : begunBy(word, slips);
  const either = new Set(inEitherNumber(word));
  return whole ? (its) => either.has(its) : (its) => either.has(its) || its.startsWith(word);
}

/** Whether some phrase has each of the words, and what is near. Generations of before words were looked up have nothing near. */
async function choicesOf(
  cluster: Pick<Cluster, 'ask'>,
  { index }: Generation,
  { asked: words, slips }: Pick<Mending, 'asked' | 'slips'>,
): Promise<readonly Choice[]> {
  const asked = words.map((word, at) => ({ word, whole: at < words.length - 1 }));
  const searches = [nearRequest(words.flatMap(meantForms), slips), ...asked.map(knownRequest)].flatMap((body) => [
    { index },
    body,
  ]);
  const { responses } = await cluster.ask((client, sending) => client.msearch({ searches }, sending));
  const [suggested, ...having] = responses.map(answered);
  const options = Object.values(suggested?.suggest ?? {}).flat();
  return asked.map(({ word, whole }, at) => ({
    word,
    whole,
    known: phraseBuckets(having[at] ?? {}).length > 0,
    near: nearIn(options, word, slips),
  }));
}

function knownRequest({ word, whole }: Pick<Choice, 'word' | 'whole'>): estypes.SearchRequest {
  const query = [{ terms: { 'phrases.words': beginnings(word) } }];
  return phraseRequest(
    { query, phrases: { include: knownPattern(word, whole), execution_hint: 'map' }, most: READ },
    1,
  );
}

/** What is found by its beginning has beginnings of words for terms: those near to a word begin words that are, too. */
function nearRequest(forms: readonly string[], slips: Slips): estypes.SearchRequest {
  const long = twiceSlipped(forms, slips);
  return { size: 0, suggest: { near: nearBy(1, forms), ...(long.length > 0 && { far: nearBy(2, long) }) } };
}

function nearBy(slips: Slips, forms: readonly string[]): estypes.SearchFieldSuggester {
  return {
    text: [...new Set(forms)].map(firstLetters).join(' '),
    term: {
      field: 'phrases.words',
      analyzer: 'whitespace',
      suggest_mode: 'always',
      max_term_freq: ANY_NUMBER,
      sort: 'frequency',
      max_edits: slips,
      prefix_length: 1,
      size: NEAR,
      shard_size: 5 * NEAR,
    },
  };
}

function answered(response: estypes.MsearchResponseItem): Pick<estypes.SearchResponse, 'aggregations' | 'suggest'> {
  if (!('error' in response)) return response;
  const { reason, root_cause: causes = [] } = response.error;
  if (causes.some((cause) => cause.reason?.startsWith('no mapping found for field'))) return {};
  throw new Error(`what is near to words could not be read: ${reason ?? ''}`);
}

function nearIn(options: readonly estypes.SearchSuggest[], word: string, slips: Slips): readonly string[] {
  const forms = meantForms(word).map(firstLetters);
  const long = twiceSlipped(meantForms(word), slips).map(firstLetters);
  const found = options
    .filter(({ text }) => forms.includes(text))
    .flatMap((one) => [one.options].flat())
    .flatMap((option) => ('text' in option && typeof option.text === 'string' ? [option.text] : []));
  const near = found.filter(
    (text) =>
      forms.some((form) => withinOneEdit(form, text) || beginsWithinOneEdit(text, form)) ||
      long.some((form) => withinTwoEdits(form, text) || beginsWithinTwoEdits(text, form)),
  );
  return [...new Set([...forms, ...near])];
}
