import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paintField } from '../../support/paint-field.ts';
import { seeded } from '../../support/random.ts';
import type { ColouredItem } from '../colours/coloured-item.ts';

export const KINDS = ['mug', 'lamp', 'rug', 'bag', 'chair', 'vase'] as const;
export const COLOURS = {
  red: [200, 30, 30],
  blue: [30, 60, 200],
  green: [20, 140, 60],
  yellow: [230, 210, 40],
  black: [20, 20, 20],
  violet: [130, 40, 160],
  orange: [240, 130, 20],
  grey: [130, 130, 130],
} as const;
const SERIES = ['Alba', 'Boreas', 'Cirrus', 'Dune', 'Ember', 'Fjord', 'Gale'] as const;
const SIDE = 24;

export type UntoldItem = ColouredItem & { readonly title: string; readonly image: string };

interface Untold {
  /** Items of each kind and colour. */
  readonly ofEach: number;
  /** How many of them say their colour. */
  readonly told: number;
}

/** Items whose pictures show kind and colour; few titles name the colour, or none. The same ones every time. */
export function untoldItems({ ofEach, told }: Untold): readonly UntoldItem[] {
  const pairs = KINDS.flatMap((type) => Object.keys(COLOURS).map((colour) => ({ type, colour })));
  return pairs.flatMap(({ type, colour }, at) =>
    Array.from({ length: ofEach }, (_, n) => {
      const series = SERIES[(n + at) % SERIES.length] ?? '';
      const id = `${type}-${colour}-${n}`;
      const title = n < told ? `${series} ${colour} ${type}` : `${series} ${type}`;
      return { id, type, colour, title, image: `${id}.png` };
    }),
  );
}

/** Writes items, pictures and catalogue file; resolves to the path of the file. */
export async function writeUntoldShop(folder: string, items: readonly UntoldItem[]): Promise<string> {
  await mkdir(join(folder, 'pictures'), { recursive: true });
  const random = seeded(19);
  for (const item of items) await writeFile(join(folder, 'pictures', item.image), await photoOf(item, random));
  const lines = items.map(({ id, title, image }) => JSON.stringify({ id, title, image }));
  await writeFile(join(folder, 'items.jsonl'), lines.join('\n'));
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify(CATALOGUE));
  return join(folder, 'catalogue.json');
}

const CATALOGUE = {
  name: 'untold',
  items: { file: 'items.jsonl' },
  images: { folder: 'pictures', field: 'image' },
  fields: { id: 'id', title: 'title' },
};

/** The colour, more or less, with a lighter field whose place tells the kind. */
function photoOf({ type, colour }: UntoldItem, random: () => number): Promise<Buffer> {
  const tint = COLOURS[colour as keyof typeof COLOURS];
  const shift = tint.map((value) => value + 50 * (random() - 0.5));
  const place = (KINDS as readonly string[]).indexOf(type);
  return paintField(SIDE, place, (channel, light) => (shift[channel] ?? 0) + light + 40 * (random() - 0.5));
}

/** Every colour of some kinds: grade 2 for both, 1 for the kind. */
export function colourAndKind(items: readonly UntoldItem[], kinds: readonly string[]) {
  return kinds.flatMap((type) =>
    Object.keys(COLOURS).map((colour) => {
      const same = items.filter((item) => item.type === type);
      return {
        text: `${colour} ${type}`,
        grades: new Map(same.map((item) => [item.id, item.colour === colour ? 2 : 1])),
      };
    }),
  );
}
