import type { LexicalQuery, LexicalScores } from './candidate-rows.ts';
import { topRows } from './top-rows.ts';
import type { ResidentGeneration } from './resident-generation.ts';

/** BM25 counted in memory over all items that match. */
export function exactLexicalScores({ words, rows }: ResidentGeneration): LexicalScores {
  return {
    best: ({ terms, mask }, limit) => {
      const all = words.scores(terms, mask);
      if (all.size <= limit) return Promise.resolve(all);
      const scores = new Float32Array(rows.span);
      for (const [row, score] of all) scores[row] = score;
      const best = topRows(scores, (row) => all.has(row), { rows, limit });
      return Promise.resolve(new Map(best.map((row) => [row, all.get(row) ?? 0])));
    },
    of: ({ terms }: LexicalQuery, wanted) => {
      const mask = new Uint8Array(rows.span);
      for (const row of wanted) mask[row] = 1;
      return Promise.resolve(words.scores(terms, mask));
    },
  };
}
