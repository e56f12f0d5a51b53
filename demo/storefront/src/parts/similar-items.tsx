import { useState } from 'preact/hooks';

import { ask } from '../shop/ask.ts';
import { useAsked } from '../shop/asked.ts';
import { SHELVES, SIMILAR } from '../shop/documents.ts';
import type { Item, Shelf, SimilarPage } from '../shop/types.ts';
import { identity, type Shopper } from '../shop/viewer.ts';
import type { Open } from '../shop.tsx';
import { ItemRow } from './shelf-row.tsx';

interface Props {
  readonly item: Item;
  readonly shopper: Shopper;
  readonly open: Open;
}

const WAYS = {
  looks: { label: 'By looks', weights: { lexical: 0, text: 0, image: 1 } },
  blend: { label: 'Blended', weights: undefined },
  text: { label: 'By text', weights: { lexical: 0, text: 1, image: 0 } },
} as const;

type Way = keyof typeof WAYS;

/** Items like this one, by what they look like, by what is written about them, or both. */
export function SimilarItems({ item, shopper, open }: Props) {
  const [way, setWay] = useState<Way>('blend');
  const { weights } = WAYS[way];
  const input = { like: [{ id: item.id }], ...(weights ? { weights } : {}), ...identity(shopper) };
  const { answer, waiting, problem } = useAsked(JSON.stringify(input), async (signal) => {
    const { similarItems } = await ask<{ similarItems: SimilarPage }>(SIMILAR, { input, first: 12 }, signal);
    return similarItems;
  });
  return (
    <section class="similar" aria-label="Similar items" aria-busy={waiting}>
      <div class="similar-head">
        <h3>Similar items</h3>
        <fieldset class="ways">
          <legend class="hidden">Similar in which way?</legend>
          {Object.entries(WAYS).map(([key, { label }]) => (
            <label key={key}>
              <input type="radio" name="way" checked={key === way} onChange={() => setWay(key as Way)} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      </div>
      {problem && <p role="alert">{problem}</p>}
      {answer && answer.edges.length === 0 && <p class="quiet">Nothing else here is like it.</p>}
      {answer && answer.edges.length > 0 && (
        <ItemRow edges={answer.edges} label="Similar items" open={open} queryId={answer.queryId} />
      )}
    </section>
  );
}

/** What others bought with this item; nothing is shown while nobody has. */
export function BoughtTogether({ item, shopper, open }: Props) {
  const input = { shelves: [{ kind: 'BOUGHT_TOGETHER', first: 8 }], context: [item.id], ...identity(shopper) };
  const { answer } = useAsked(JSON.stringify(input), async (signal) => {
    const { recommendations } = await ask<{ recommendations: readonly Shelf[] | null }>(SHELVES, { input }, signal);
    return recommendations?.[0];
  });
  if (!answer || answer.items.length === 0) return null;
  return (
    <section class="similar" aria-label="Goes with it">
      <div class="similar-head">
        <h3>Goes with it</h3>
        <p class="quiet">{answer.fallback && !/^[A-Z_]+$/.test(answer.fallback) ? answer.fallback : answer.reason}</p>
      </div>
      <ItemRow edges={answer.items} label="Goes with it" open={open} queryId={answer.id} />
    </section>
  );
}
