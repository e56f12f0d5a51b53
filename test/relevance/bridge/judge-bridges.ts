import type { EncodedData } from '../encodings/encoded-data.ts';
import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { meanFigures } from '../training/mean-figures.ts';
import { seeded, shuffled } from '../../support/random.ts';
import type { HeldOutPhotos, RankedPhotos } from './held-out-photos.ts';
import type { Question } from './questions.ts';

/** What a kind of bridge makes of every kind of question: means over its seeds, question by question. */
export type BridgeFigures = ReadonlyMap<string, readonly QueryFigures[]>;

export async function judgeBridges(
  bridges: readonly Pick<RankedPhotos, 'rank'>[],
  kinds: ReadonlyMap<string, readonly Question[]>,
  { queries }: Pick<EncodedData, 'queries'>,
): Promise<BridgeFigures> {
  const figures = new Map<string, readonly QueryFigures[]>();
  for (const [kind, questions] of kinds) {
    const vectors = await queries(questions.map(({ text }) => text));
    const words = questions.map(({ text }, i) => ({ text, vector: vectors[i] ?? new Float32Array() }));
    const runs = bridges.map(({ rank }) =>
      rank(words).map((ranking, i) => queryFigures(ranking, questions[i]?.grades ?? new Map())),
    );
    figures.set(kind, meanFigures(runs));
  }
  return figures;
}

/** No bridge: the photos in an order of chance, another one for each question. */
export function byChance({ records }: Pick<HeldOutPhotos, 'records'>): Pick<RankedPhotos, 'rank'> {
  const random = seeded(11);
  const ids = records.map(({ item }) => item.id);
  return { rank: (words) => words.map(() => shuffled(ids, random)) };
}

/** The same bridges with photos handed around among the items. */
export function handedAround(bridges: readonly RankedPhotos[]): readonly RankedPhotos[] {
  return bridges.map((bridge) => ({ ...bridge, rank: bridge.rankSwapped }));
}
