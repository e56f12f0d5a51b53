import { withinShare } from '../../src/runtime/within-deadline.ts';
import type { QueryEncoding } from '../../src/vocabulary/encoding.ts';
import { queryTilt } from '../../src/vocabulary/query-tilt.ts';
import type { SearchQuery } from '../../src/vocabulary/search-request.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import { SHARE, vectorsOf } from './encoded-words.ts';
import type { Serves } from './encoded-words.ts';
import type { Synonyms } from './index/synonyms.ts';
import type { Degradation } from './ranking/window.ts';
import { saidTexts } from './said-parts.ts';
import type { SaidEncoding } from './said-parts.ts';

interface Said {
  readonly request: Pick<SearchQuery, 'parts'>;
  readonly encoding: QueryEncoding;
}

/** What is known of a query before it is ranked. */
interface Encoded {
  readonly encoding: SaidEncoding;
  readonly degradations: readonly Degradation[];
}

const NOT_ENCODED: Degradation = {
  code: 'SYNONYMS_NOT_ENCODED',
  message:
    'What synonyms mean could not be encoded in time; meaning and looks were compared with the words as they were sent.',
};

/**
 * The query with the vectors of what a shop says that its words mean: who wrote that kicks are sneakers did so because no model
 * knows. Of the words themselves the index reads the rules, as they were sent.
 */
export async function encodeSynonyms(
  { request: { parts }, encoding }: Said,
  synonyms: Synonyms,
  serves: Serves,
): Promise<Encoded> {
  const meant = parts.map((part) => (part.kind === 'TEXT' ? { ...part, text: synonyms.asMeant(part.text) } : part));
  const [before, after] = [saidTexts(parts), saidTexts(meant)];
  const ofWords = encoding.parts.filter(
    ({ modality, space }) => modality === 'TEXT' && space === serves.head.textSpace,
  );
  const others = ofWords.flatMap((part, at) => (after[at] === before[at] ? [] : [{ part, text: after[at] ?? '' }]));
  if (others.length === 0 || ofWords.length !== before.length) return { encoding, degradations: [] };
  const texts = others.map(({ text }) => text);
  const vectors = await withinShare(SHARE, () => encoded(texts, serves)).catch((): readonly undefined[] => []);
  const made = new Map(
    others.flatMap(({ part, text }, at) => {
      const vector = vectors[at];
      return vector ? [[part, { ...part, text, vector }] as const] : [];
    }),
  );
  return {
    encoding: { ...encoding, parts: encoding.parts.map((part) => made.get(part) ?? part), tilt: queryTilt(meant) },
    degradations: made.size < others.length ? [NOT_ENCODED] : [],
  };
}

async function encoded(texts: readonly string[], { head, encoders }: Serves): Promise<readonly (Vector | undefined)[]> {
  const mine = await encoders.of(head);
  try {
    return await vectorsOf(texts, mine.text);
  } finally {
    await mine.close();
  }
}
