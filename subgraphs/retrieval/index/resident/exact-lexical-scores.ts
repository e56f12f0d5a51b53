import type { LexicalScores } from './candidate-rows.ts';
import type { ResidentGeneration } from './resident-generation.ts';
import { topRows } from './top-rows.ts';

/** BM25 counted in memory over all items that match. */
export function exactLexicalScores({ words, rows }: ResidentGeneration): LexicalScores {
  return ({ terms, mask, limit, ids }) => {
    const all = words.scores(terms, mask);
    const scores = new Float32Array(rows.span);
    for (const [row, score] of all) scores[row] = score;
    const wanted = new Set(topRows(scores, (row) => all.has(row), { rows, limit }));
    for (const id of ids) wanted.add(rows.rowOf(id) ?? -1);
    const found = [...wanted].filter((row) => all.has(row));
    return Promise.resolve(new Map(found.map((row) => [rows.idOf(row), all.get(row) ?? 0])));
  };
}
