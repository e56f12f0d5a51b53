import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paintField } from './paint-field.ts';

const KINDS = ['mug', 'lamp', 'rug', 'bag', 'chair', 'vase'] as const;
const COLOURS = {
  red: [200, 30, 30],
  blue: [30, 60, 200],
  green: [20, 140, 60],
  yellow: [230, 210, 40],
  black: [20, 20, 20],
  violet: [130, 40, 160],
  orange: [240, 130, 20],
  grey: [130, 130, 130],
} as const;
const SERIES = ['Alba', 'Boreas', 'Cirrus', 'Dune', 'Ember'] as const;
const BRANDS = ['Kappel', 'Nordhagen', 'Ostara'] as const;

export type Kind = (typeof KINDS)[number];
export type Colour = keyof typeof COLOURS;

/** An item of the corner shop: what it is in words, and what it looks like, of which its words may say nothing. */
export interface CornerItem {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly colour: Colour;
  /** Whether the title tells the colour. */
  readonly told: boolean;
}

/** The same items every time: six kinds in eight colours; every second title says nothing of the colour. */
export function cornerItem(n: number): CornerItem & Readonly<Record<string, unknown>> {
  const kind = KINDS[n % KINDS.length] ?? 'mug';
  const colour = (Object.keys(COLOURS) as Colour[])[Math.floor(n / KINDS.length) % 8] ?? 'red';
  const told = (n + Math.floor(n / KINDS.length) + Math.floor(n / 48)) % 2 === 0;
  const series = SERIES[n % SERIES.length] ?? '';
  return {
    id: `i${String(n).padStart(3, '0')}`,
    title: told ? `${series} ${colour} ${kind}` : `${series} ${kind}`,
    kind,
    colour,
    told,
    description: `A ${kind} of the series ${series}.`,
    category: ['Home', `${kind}s`],
    brand: BRANDS[n % BRANDS.length],
    price: 5 + n,
    inStock: n % 7 !== 0,
    popularity: 10_000 / (1 + n),
    createdAt: new Date(Date.UTC(2026, 0, 1 + (n % 300))).toISOString(),
    size: 1 + (n % 5),
    washable: n % 3 === 0,
    released: new Date(Date.UTC(2025, 0, 1 + (n % 300))).toISOString(),
    image: `${kind}-${colour}.png`,
  };
}

/** The group of an item where the shop has variants: up to four of a kind, in as many colours. */
export function cornerGroup(n: number): string {
  return `${cornerItem(n).kind}-${String(Math.floor(n / 24))}`;
}

const SIDE = 32;

/** A picture of the colour, with a lighter field whose place tells the kind. */
export function paint(kind: Kind, colour: Colour): Promise<Uint8Array> {
  return paintField(SIDE, KINDS.indexOf(kind), (channel, light) => (COLOURS[colour][channel] ?? 0) + light);
}

/** Writes the first `count` items, their pictures and the catalogue file, whose path it resolves to; where they are variants, of groups. */
export async function writeCornerShop(folder: string, count: number, { variants = false } = {}): Promise<string> {
  const items = Array.from({ length: count }, (_, n): ReturnType<typeof cornerItem> => ({
    ...cornerItem(n),
    ...(variants && { groupId: cornerGroup(n) }),
  }));
  await mkdir(join(folder, 'pictures'), { recursive: true });
  const looks = new Map(items.map((item) => [item['image'], item]));
  for (const [name, { kind, colour }] of looks)
    await writeFile(join(folder, 'pictures', String(name)), await paint(kind, colour));
  const lines = items.map(({ kind: _, colour: __, told: ___, ...item }) => JSON.stringify(item));
  await writeFile(join(folder, 'items.jsonl'), lines.join('\n'));
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify(CATALOGUE));
  return join(folder, 'catalogue.json');
}

const CATALOGUE = {
  name: 'corner',
  items: { file: 'items.jsonl' },
  images: { folder: 'pictures', field: 'image' },
  fields: {
    id: 'id',
    title: 'title',
    description: 'description',
    category: 'category',
    brand: 'brand',
    price: 'price',
    currency: { value: 'EUR' },
    inStock: 'inStock',
    groupId: 'groupId',
    popularity: 'popularity',
    createdAt: 'createdAt',
  },
  attributes: { size: 'number', washable: 'boolean', released: 'date' },
};
