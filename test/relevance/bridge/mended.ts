import type { SearchQuery } from '../../../src/vocabulary/search-request.ts';
import { didYouMean } from '../../../subgraphs/retrieval/did-you-mean.ts';
import { encodeAsMeant } from '../../../subgraphs/retrieval/encode-as-meant.ts';
import type { RowContext } from '../relevance-row.ts';
import { openShop } from '../shop/open-shop.ts';
import type { Shop } from '../shop/open-shop.ts';
import type { Question } from './questions.ts';

export type Mend = (questions: readonly Question[]) => Promise<readonly Question[]>;

/**
 * Mends words as a search of the product does before it compares them: by the words of the whole catalogue, in which the items whose
 * photos are held out are told, too. What the model knows as a word, or no item has anything like, stays as it was sent.
 */
export async function mending(catalogue: string, { encoded, say }: Pick<RowContext, 'encoded' | 'say'>): Promise<Mend> {
  const shop = await openShop(await encoded.catalogue(catalogue), { encoded, say });
  const encoders = { of: () => Promise.resolve({ ...encoded.encoders, close: () => Promise.resolve() }) };
  const serves = { head: shop.index.serving().head, encoders };
  return async (questions) => {
    const meant: Question[] = [];
    for (const question of questions) meant.push({ ...question, text: await mended(question.text, shop, serves) });
    return meant;
  };
}

type Serves = Parameters<typeof encodeAsMeant>[1];

async function mended(text: string, shop: Shop, serves: Serves): Promise<string> {
  const { plan, request, encoding } = await shop.ask({ text });
  const { standIns } = await shop.index.candidates({ words: plan.words, probes: plan.probes, candidates: 1 });
  const meant = await didYouMean(text, standIns, shop.index);
  if (meant === undefined) return text;
  const again = await encodeAsMeant({ request, encoding, standIns, meant }, serves);
  return again && 'request' in again ? wordsOf(again.request) : text;
}

function wordsOf({ parts }: SearchQuery): string {
  return parts.flatMap((part) => (part.kind === 'TEXT' ? part.text : [])).join(' ');
}
