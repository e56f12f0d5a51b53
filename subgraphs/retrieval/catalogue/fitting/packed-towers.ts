import { head } from '../../../../src/inference/head.ts';
import { Towers } from './towers.ts';

/** What is known of towers beside their models; kept with the facts of a fitting. */
export interface TowerFacts {
  readonly item?: { readonly dims: number };
  readonly companion?: { readonly dims: number };
}

const [ITEM, WORDS, PICTURE, COMPANION] = ['item', 'words to item', 'picture to item', 'companion'] as const;

/** Towers as facts and models by name. */
export function packedTowers({ parts: { item, companion } }: Towers): {
  readonly facts: TowerFacts;
  readonly models: Readonly<Record<string, Uint8Array | undefined>>;
} {
  return {
    facts: { item: item && { dims: item.dims }, companion: companion && { dims: companion.dims } },
    models: {
      [ITEM]: item?.item.model,
      [WORDS]: item?.words?.model,
      [PICTURE]: item?.picture?.model,
      [COMPANION]: companion?.item.model,
    },
  };
}

/** The inverse; a fitting from before there were towers has none. */
export function openTowers(facts: TowerFacts | undefined, models: ReadonlyMap<string, Uint8Array>): Towers {
  const open = (name: string) => {
    const model = models.get(name);
    return model && head(model);
  };
  const [item, companion] = [open(ITEM), open(COMPANION)];
  return new Towers({
    item: item && facts?.item && { ...facts.item, item, words: open(WORDS), picture: open(PICTURE) },
    companion: companion && facts?.companion && { ...facts.companion, item: companion },
  });
}
