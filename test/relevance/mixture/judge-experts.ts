import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { head } from '../../../src/inference/head.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { LinearMap } from '../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import { pack } from '../../../subgraphs/retrieval/catalogue/fitting/packed.ts';
import type { ColourQuery } from '../colours/colour-queries.ts';
import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { matrix } from '../training/matrix.ts';
import type { AskedQueries, ColouredShop, SeenTexts } from './coloured-shop.ts';

/** As training/experts.py has it. */
const TOKENS = 10;

/** What training/mixture.py reads: these queries, and the items of types that teach. */
export function mixtureInput(
  shop: ColouredShop,
  { queries, texts }: AskedQueries,
  teaches: (type: string | undefined) => boolean,
): Uint8Array {
  const kept = shop.ids.flatMap((id, at) => (teaches(shop.types[at]) ? [{ id, at }] : []));
  const rows = new Map(kept.map(({ id }, row) => [id, row]));
  const graded = (query: ColourQuery, grade: number) =>
    [...query.grades].flatMap(([id, own]) => (own === grade ? (rows.get(id) ?? []) : []));
  const facts = {
    dims: shop.words[0]?.length,
    tokens: kept.map(({ at }) => shop.texts.tokens[at] ?? []),
    asked: texts.tokens,
    right: queries.map((query) => graded(query, 2)),
    near: queries.map((query) => graded(query, 1)),
  };
  const own = (vectors: readonly Vector[]) => matrix(kept.flatMap(({ at }) => vectors[at] ?? []));
  return pack(facts, {
    text: own(shop.texts.vectors),
    features: own(shop.features),
    words: matrix(shop.words),
    queries: matrix(texts.vectors),
  });
}

/** The whole catalogue ranked for every query by the towers of a folder. */
export async function judgeExperts(
  folder: string,
  shop: ColouredShop,
  { queries, texts }: AskedQueries,
): Promise<readonly QueryFigures[]> {
  const tower = async (name: string) => head(await readFile(join(folder, `${name}.onnx`)));
  const item = { text: shop.texts.vectors, tokens: flatTokens(shop, shop.texts), picture: shop.features };
  const items = await (await tower('item')).run(item);
  const asked = await (await tower('query')).run({ text: texts.vectors, tokens: flatTokens(shop, texts) });
  return judgeCosines(asked, items, { shop, queries });
}

export function judgeCosines(
  asked: readonly Vector[],
  items: readonly Vector[],
  { shop, queries }: { readonly shop: ColouredShop; readonly queries: readonly ColourQuery[] },
): readonly QueryFigures[] {
  return new LinearMap(items).apply(asked).map((cosines, i) => {
    const order = [...cosines.keys()].sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0) || a - b).slice(0, 100);
    return queryFigures(
      order.map((at) => shop.ids[at] ?? ''),
      queries[i]?.grades ?? new Map(),
    );
  });
}

/** The vectors of the first words of each text, end to end; zeros where a text has no more. */
function flatTokens({ words }: ColouredShop, { tokens }: SeenTexts): readonly Vector[] {
  const dims = words[0]?.length ?? 0;
  return tokens.map((own) => {
    const flat = new Float32Array(TOKENS * dims);
    for (const [place, row] of own.slice(0, TOKENS).entries())
      flat.set(words[row] ?? new Float32Array(dims), place * dims);
    return flat;
  });
}
