import { useRef } from 'preact/hooks';

import type { Pictures } from '../shop/pictures.ts';
import type { Item, Shelf } from '../shop/types.ts';
import type { Open } from '../shop.tsx';

interface Props {
  readonly shelves: readonly Shelf[];
  readonly open: Open;
  readonly pictures: Pictures;
}

/** A few things from different corners of the shop, and a place to drop a picture. */
export function Mosaic({ shelves, open, pictures }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const shown = fromDifferentCorners(shelves, 5);
  return (
    <div class="mosaic">
      {Array.from({ length: 5 }, (_, at) => {
        const found = shown[at];
        if (!found) return <span key={at} class="picture bone" aria-hidden="true" />;
        const { item, queryId, position } = found;
        return (
          <button
            key={at}
            type="button"
            class="picture"
            aria-label={item.title}
            onClick={() => open(item.id, { queryId, position })}
          >
            <img src={item.images[0]?.url} alt="" width="256" height="256" />
          </button>
        );
      })}
      <button type="button" class="drop-tile" disabled={pictures.uploading} onClick={() => input.current?.click()}>
        <svg viewBox="0 0 30 26" width="46" height="40" aria-hidden="true">
          <path class="mark-words" d="M1 25V1h7v24z" />
          <path class="mark-meaning" d="M8 1h5a7 12 0 0 1 0 24H8z" />
          <circle class="mark-looks" cx="23" cy="18.5" r="6.5" />
        </svg>
        {pictures.uploading ? 'Looking at it…' : 'Drop or choose a picture'}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label="A picture to find similar things"
        onChange={(event) => {
          const picture = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (picture) pictures.search(picture);
        }}
      />
    </div>
  );
}

interface Found {
  readonly item: Item;
  readonly queryId: string;
  readonly position: number;
}

/** From the ends of the shelves, which nobody has scrolled to yet, one item a department. */
function fromDifferentCorners(shelves: readonly Shelf[], count: number): readonly Found[] {
  const all = shelves.flatMap(({ id, items }) =>
    items.flatMap(({ node, position }) => (node?.images[0] ? [{ item: node, queryId: id, position }] : [])),
  );
  const byDepartment = new Map(all.map((found) => [found.item.category.at(-1), found]));
  const different = [...byDepartment.values()];
  return [...different, ...all.toReversed().filter((found) => !different.includes(found))].slice(0, count);
}
