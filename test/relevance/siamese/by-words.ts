import { itemTexts } from '../../../subgraphs/retrieval/catalogue/encoding/item-text.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { EncodedRecord } from '../encodings/encoded-data.ts';
import type { RowContext } from '../relevance-row.ts';
import { openShop } from '../shop/open-shop.ts';
import { variantOf } from '../shop/variant.ts';
import { judgeScores } from './judge-pairs.ts';
import type { AskedListing } from './judge-pairs.ts';

/** BM25 by the product's own index: all that a listing says asks for listings that say the same. The index is not told the rooms. */
export async function byWords(
  records: readonly EncodedRecord[],
  asked: readonly AskedListing[],
  { encoded, say }: Pick<RowContext, 'encoded' | 'say'>,
): Promise<readonly QueryFigures[]> {
  const told = records.map(({ fields: { rooms: _, ...said } }) => said);
  const variant = await variantOf(await encoded.catalogue('ikea'), told);
  const { index } = await openShop(variant.catalogue, { encoded, say });
  await variant.remove();
  const rows = new Map(records.map(({ item }, row) => [item.id, row]));
  const figures: QueryFigures[] = [];
  for (const query of asked) {
    const scores = new Float32Array(records.length);
    const { candidates } = await index.candidates({ words: wordsOf(records[query.row]), probes: [], candidates: 500 });
    for (const { id, lexical } of candidates) scores[rows.get(id) ?? query.row] = lexical;
    figures.push(judgeScores(scores, query));
  }
  return figures;
}

/** The same text that the encoder sees. */
function wordsOf(record: EncodedRecord | undefined): string {
  if (!record) return '';
  const { title, whole = title } = itemTexts(record.item);
  return whole;
}
