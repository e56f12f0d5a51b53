import type { Row } from './finding.ts';

/** The rows in the order of the table, loaded when they are measured: each in a process of its own. */
export const ROWS: Readonly<Record<string, () => Promise<Row>>> = {
  search: async () => (await import('./rows/search.ts')).search,
  recommending: async () => (await import('./rows/recommending.ts')).recommending,
  things: async () => (await import('./rows/things.ts')).things,
  gateway: async () => (await import('./rows/gateway.ts')).gateway,
  encoding: async () => (await import('./rows/encoding.ts')).encoding,
  indexing: async () => (await import('./rows/indexing.ts')).indexing,
  scoring: async () => (await import('./rows/scoring.ts')).scoring,
  mixing: async () => (await import('./rows/mixing.ts')).mixing,
  'elasticsearch-search': async () => (await import('./rows/elasticsearch-search.ts')).elasticsearchSearch,
  elasticsearch: async () => (await import('./rows/elasticsearch.ts')).elasticsearch,
};
