import type { GenerationHead, ItemRow } from '../../../subgraphs/retrieval/index/item-index.ts';
import type { FieldTypes, Item } from '../../../src/vocabulary/item.ts';
import { unit } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';

/** Small things to index, made the same way every time. */

export const FIELDS: FieldTypes = {
  brand: 'string',
  category: 'string',
  categoryPath: 'string',
  price: 'number',
  currency: 'string',
  inStock: 'boolean',
  groupId: 'string',
  popularity: 'number',
  createdAt: 'date',
  colour: 'string',
  tags: 'string',
  size: 'number',
};

export const DIMS = { text: 20, bridged: 20, looks: 12 } as const;

export function head(id: string, changes: Partial<GenerationHead> = {}): GenerationHead {
  return {
    id,
    createdAt: '2026-11-21T12:00:00.000Z',
    catalogue: 'samples',
    textSpace: 'words-1',
    imageSpace: 'pictures-1',
    dims: DIMS,
    fields: FIELDS,
    fitting: Uint8Array.of(1, 2, 3),
    ...changes,
  };
}

/** A unit vector that the seed alone decides. */
export function vector(seed: number, dims: number): Vector {
  let state = (seed + 1) * 2_654_435_761;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    return (state >>> 0) / 2 ** 32 - 0.5;
  };
  return unit(Float32Array.from({ length: dims }, next));
}

export function row(item: Partial<Item> & { readonly id: string }, seed = 0, pictured = true): ItemRow {
  return {
    item: { title: item.id, category: [], images: [], attributes: {}, ...item },
    vectors: {
      text: vector(seed, DIMS.text),
      bridged: pictured ? vector(seed + 1000, DIMS.bridged) : null,
      looks: pictured ? vector(seed + 2000, DIMS.looks) : null,
    },
  };
}

const COLOURS = ['red', 'green', "o'blue", 'Ünï "quoted"'];
const KINDS = ['dress', 'lamp', 'boots', 'scarf', 'watch'];

/** A shop of n items: every seventh without a picture, every fifth without a price, every hundredth rare. */
export function shop(n: number): readonly ItemRow[] {
  return Array.from({ length: n }, (_, at) => {
    const kind = KINDS[at % KINDS.length] ?? '';
    const colour = COLOURS[at % COLOURS.length] ?? '';
    const item = {
      id: `item-${at.toString().padStart(4, '0')}`,
      title: `${colour} ${kind}`,
      description: `A ${kind} for the number ${(at % 13).toString()} street`,
      brand: at % 3 === 0 ? 'Élan' : 'Nordic Way',
      category: ['Home', at % 2 === 0 ? 'Wear' : 'Living'],
      price: at % 5 === 0 ? undefined : { amount: at % 40, currency: 'EUR' },
      inStock: at % 4 !== 0,
      popularity: at % 17,
      createdAt: new Date(Date.UTC(2026, 0, 1 + (at % 28))).toISOString(),
      attributes: { colour, tags: [kind, `t${(at % 6).toString()}`], ...(at % 100 === 50 ? { size: 7 } : {}) },
    };
    return row(item, at, at % 7 !== 0);
  });
}
