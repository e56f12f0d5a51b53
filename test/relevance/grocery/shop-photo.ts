import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reciprocalRank, recall } from '../../../subgraphs/retrieval/measures/recall.ts';

/** A photo that somebody took in a shop, and the product that it shows. */
export interface ShopPhoto {
  readonly file: string;
  readonly productId: number;
  readonly split: 'val' | 'test';
}

export type Figures = Readonly<Record<'top-5' | 'top-1' | 'MRR', number>>;

export function readShopPhotos(folder: string): readonly ShopPhoto[] {
  const lines = readFileSync(join(folder, 'photos.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { image, ...rest } = JSON.parse(line) as Omit<ShopPhoto, 'file'> & { readonly image: string };
    return { ...rest, file: join(folder, image) };
  });
}

export function figuresOf(ranking: readonly string[], { productId }: ShopPhoto): Figures {
  const wanted = new Set([String(productId)]);
  return {
    'top-5': recall(ranking, wanted, 5),
    'top-1': recall(ranking, wanted, 1),
    MRR: reciprocalRank(ranking, wanted),
  };
}
