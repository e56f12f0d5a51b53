import type { Edge, Shelf, ShelfKind } from '../shop/types.ts';
import type { Open } from '../shop.tsx';
import { ItemLink } from './item-link.tsx';

const TITLES: Readonly<Record<ShelfKind, (who: string) => string>> = {
  FOR_YOU: (who) => `For ${who}`,
  TRENDING: () => 'Trending now',
  BOUGHT_TOGETHER: () => 'Often bought together',
  RECENTLY_VIEWED: () => 'Seen recently',
};

interface Props {
  readonly shelf: Shelf;
  readonly open: Open;
  readonly who: string;
}

/** One shelf: its name, why these items, and a row to scroll. */
export function ShelfRow({ shelf, open, who }: Props) {
  const title = TITLES[shelf.kind](who);
  return (
    <section class="shelf" aria-label={title}>
      <div class="shelf-head">
        <h2>{title}</h2>
        <p class="quiet">
          {shelf.reason} {shelf.fallback && <span class="tag">{readable(shelf.fallback)}</span>}
        </p>
      </div>
      <ItemRow edges={shelf.items} label={title} open={open} queryId={shelf.id} />
    </section>
  );
}

/** A fallback may be a code; a shopper reads words. */
function readable(fallback: string): string {
  return /^[A-Z_]+$/.test(fallback) ? `Showing ${fallback.toLowerCase().replaceAll('_', ' ')} instead` : fallback;
}

interface RowProps {
  readonly edges: readonly Edge[];
  readonly label: string;
  readonly open: Open;
  readonly queryId: string;
}

export function ItemRow({ edges, label, open, queryId }: RowProps) {
  return (
    <ul class="row" tabIndex={0} aria-label={`${label}: items`}>
      {edges.map(({ node, position }) =>
        node ? (
          <li key={node.id}>
            <ItemLink item={node} onOpen={() => open(node.id, { queryId, position })} />
          </li>
        ) : null,
      )}
    </ul>
  );
}

export function ShelfSkeleton() {
  return (
    <div class="shelf" aria-hidden="true">
      <div class="bone bone-title" />
      <div class="row">
        {Array.from({ length: 6 }, (_, at) => (
          <div key={at} class="bone bone-picture" />
        ))}
      </div>
    </div>
  );
}
