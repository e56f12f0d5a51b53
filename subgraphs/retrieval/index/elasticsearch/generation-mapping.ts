import type { estypes } from '@elastic/elasticsearch';
import { dimsOf, presentColumns } from '../columns.ts';
import type { GenerationHead } from '../item-index.ts';
import { indexedFields, VALUES } from './field-names.ts';
import { WORD } from './item-document.ts';

/** What the shards of a generation are like. */
export interface Sharding {
  readonly shards: number;
  /** How many copies of each shard; unset: one where there is a second node. */
  readonly replicas?: number;
}

/** Longer values are no words that anybody filters by, and a keyword may not have more than 32,766 bytes. */
const LONGEST_VALUE = 8000;
/** How much of a phrase or a word of one is found by how it begins through one lookup. */
export const LONGEST_START = 20;
/** Several kinds of evidence may bring up to 10,000 candidates each. */
export const LARGEST_ANSWER = 50_000;

/**
 * The index of a generation: strict, since what we do not know of would neither be found nor shown. Words come as the lexicon
 * reads them (folded, plurals off) and are only parted at spaces. While it is written it refreshes never and has no copies.
 */
export function generationIndex(
  head: GenerationHead,
  { shards }: Pick<Sharding, 'shards'>,
): Pick<estypes.IndicesCreateRequest, 'settings' | 'mappings'> {
  const { fitting: _, ...meta } = head;
  return {
    settings: {
      number_of_shards: shards,
      number_of_replicas: 0,
      refresh_interval: -1,
      max_result_window: LARGEST_ANSWER,
      analysis: ANALYSIS,
    },
    mappings: { dynamic: 'strict', _meta: { medley: meta }, properties: properties(head) },
  };
}

const ANALYSIS: estypes.IndicesIndexSettingsAnalysis = {
  filter: { starts: { type: 'edge_ngram', min_gram: 1, max_gram: LONGEST_START } },
  tokenizer: { phrase_words: { type: 'pattern', pattern: `${WORD}([^${WORD}]+)`, group: 1 } },
  analyzer: {
    terms: { type: 'custom', tokenizer: 'whitespace' },
    starts: { type: 'custom', tokenizer: 'keyword', filter: ['starts'] },
    word_starts: { type: 'custom', tokenizer: 'phrase_words', filter: ['starts'] },
  },
};

function properties(head: GenerationHead): Record<string, estypes.MappingProperty> {
  const terms: estypes.MappingProperty = { type: 'text', analyzer: 'terms' };
  const starts: estypes.MappingProperty = { type: 'text', analyzer: 'starts', search_analyzer: 'keyword' };
  const words: estypes.MappingProperty = {
    type: 'text',
    analyzer: 'word_starts',
    search_analyzer: 'keyword',
    norms: false,
  };
  const filters = [...indexedFields(head.fields).values()].flatMap(({ words: field, number }) => [
    [field, { type: 'keyword', ignore_above: LONGEST_VALUE }] as const,
    ...(number === undefined ? [] : [[number, { type: 'double' }] as const]),
  ]);
  const vectors = presentColumns(head).map((column) => [column, vector(dimsOf(head, column))] as const);
  return {
    id: { type: 'keyword' },
    item: { type: 'object', enabled: false },
    title: terms,
    terms,
    phrases: { type: 'keyword', ignore_above: LONGEST_VALUE, fields: { starts, words } },
    [VALUES]: { type: 'keyword', ignore_above: LONGEST_VALUE, doc_values: false },
    ...Object.fromEntries<estypes.MappingProperty>([...filters, ...vectors]),
  };
}

/**
 * The kind of the graph is pinned, since its default differs between versions. Our vectors have length 1, so the inner product
 * is the cosine; unlike the others it takes a zero vector too, and keeps what is written bit by bit.
 */
function vector(dims: number): estypes.MappingProperty {
  return {
    type: 'dense_vector',
    dims,
    index: true,
    similarity: 'max_inner_product',
    index_options: { type: 'int8_hnsw', m: 16, ef_construction: 100 },
  };
}

/** What a generation is set to when it is complete. */
export function servingSettings({ replicas }: Pick<Sharding, 'replicas'>): estypes.IndicesIndexSettings {
  return {
    refresh_interval: '1s',
    ...(replicas === undefined ? { auto_expand_replicas: '0-1' } : { number_of_replicas: replicas }),
  };
}
