import { BooleanQuery, MatchQuery, Occur } from '@lancedb/lancedb';
import type { Table } from '@lancedb/lancedb';
import type { LexicalScores } from '../resident/candidate-rows.ts';
import { idIn, toSql } from './lancedb-filter.ts';
import type { FilterColumn } from './lancedb-filter.ts';

/** The columns whose BM25 adds up. */
export const LEXICAL_FIELDS = ['title', 'terms'] as const;

/** Up to so many matches are read whole, which costs less than a second question about the ids that are missing. */
const READ_WHOLE = 2000;

/** BM25 from LanceDB's full-text index, the filter held inside it. */
export function lanceLexicalScores(table: Table, columns: readonly FilterColumn[]): LexicalScores {
  return async ({ terms, filter, matching, limit, ids }) => {
    const words = terms.join(' ');
    const where = filter && toSql(filter, columns);
    if (matching <= READ_WHOLE)
      return chosen(await match(table, { words, where, limit: READ_WHOLE + limit }), limit, ids);
    const [best, named] = await Promise.all([
      match(table, { words, where, limit }),
      ids.length > 0 ? match(table, { words, where: idIn(ids), limit: ids.length }) : [],
    ]);
    return new Map([...best, ...named]);
  };
}

type Scored = readonly [id: string, score: number];

async function match(
  table: Table,
  { words, where, limit }: { readonly words: string; readonly where?: string; readonly limit: number },
): Promise<readonly Scored[]> {
  // Not a MultiMatchQuery: that takes the better of the columns, and cuts off before it has seen both.
  const fields = LEXICAL_FIELDS.map((field): [Occur, MatchQuery] => [Occur.Should, new MatchQuery(words, field)]);
  const query = table.query().fullTextSearch(new BooleanQuery(fields)).select(['id', '_score']).limit(limit);
  const found = await (where === undefined ? query : query.where(where)).toArrow();
  const ids = found.getChild('id');
  const scores = found.getChild('_score');
  return Array.from({ length: found.numRows }, (_, at) => [String(ids?.get(at)), Number(scores?.get(at))] as const);
}

/** The best, equal scores by id, and those named. */
function chosen(all: readonly Scored[], limit: number, ids: readonly string[]): ReadonlyMap<string, number> {
  const sorted = all.toSorted(([a, as], [b, bs]) => bs - as || (a < b ? -1 : 1));
  const named = new Set(ids);
  return new Map([...sorted.slice(0, limit), ...sorted.slice(limit).filter(([id]) => named.has(id))]);
}
