import { seededRandom } from '../../demo/catalogue/random.ts';
import type { Random } from '../../demo/catalogue/random.ts';
import { BUILT_IN_FIELDS } from '../../src/vocabulary/item.ts';
import type { FieldTypes, Item } from '../../src/vocabulary/item.ts';
import { subtract, unit, weightedSum } from '../../src/vocabulary/vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import type { GenerationHead, ItemRow } from '../../subgraphs/retrieval/index/item-index.ts';

/** Items of a shop that does not exist: their words are drawn as in a language, few common and many rare, their vectors lie in clusters. */

const KINDS = ['dress', 'boots', 'lamp', 'sofa', 'scarf', 'watch', 'kettle', 'rug', 'tent', 'bicycle', 'mug', 'coat'];
const COLOURS = ['red', 'teal', 'black', 'white', 'green', 'navy', 'ochre', 'pink', 'grey', 'brown'];
export const MATERIALS = ['wool', 'linen', 'leather', 'steel', 'oak', 'cotton', 'glass', 'felt'];
const ROOMS = ['home', 'garden', 'office', 'travel'];

export const FIELDS: FieldTypes = { ...BUILT_IN_FIELDS, colour: 'string', material: 'string', size: 'number' };

export const LOOKS_DIMS = 256;

/** Of a generation of such items, with vectors as the shipped models have them. */
export const MADE_UP_HEAD: GenerationHead = {
  id: 'made-up',
  createdAt: '2026-01-01T00:00:00.000Z',
  catalogue: 'made-up',
  textSpace: 'made-up',
  imageSpace: 'made-up',
  dims: { text: 384, bridged: 384, looks: LOOKS_DIMS },
  fields: FIELDS,
  fitting: new Uint8Array(),
};

/** What a cluster is about: a query of these words is near its items. */
export const SUBJECTS = KINDS.flatMap((kind) => COLOURS.map((colour) => `${colour} ${kind}`));

/** How far items lie from the middle of their cluster, which has length 1: the cosine to it is about .8. */
const NOISE = 0.75;
const BRANDS = 60;
/** Items of one thing. */
const VARIANTS = 3;
const VOCABULARY = 20_000;

/** The middles of the clusters in every column. */
export interface Clusters {
  readonly text: readonly Vector[];
  readonly looks: readonly Vector[];
  /** The mean of the texts, as a bridge knows it. */
  readonly textCentre: Vector;
}

/** Clusters about the subjects, given as the text encoder encodes them. */
export function clustersOf(subjects: readonly Vector[]): Clusters {
  const dims = subjects[0]?.length ?? 0;
  const share = 1 / subjects.length;
  const textCentre = weightedSum(
    subjects.map((vector) => ({ vector, weight: share })),
    dims,
  );
  const random = seededRandom('looks');
  return { text: subjects, textCentre, looks: subjects.map(() => unit(noise(LOOKS_DIMS, random))) };
}

/** The items from one number to before another: always the same for the same number. */
export function madeUpRows(clusters: Clusters, from: number, to: number): readonly ItemRow[] {
  return Array.from({ length: to - from }, (_, i) => madeUpRow(clusters, from + i));
}

function madeUpRow({ text, looks, textCentre }: Clusters, number: number): ItemRow {
  const random = seededRandom(number);
  const subject = random.whole(0, SUBJECTS.length - 1);
  const near = (middle: Vector | undefined): Vector => (middle ? around(middle, random) : new Float32Array(0));
  const middle = text[subject];
  const pictured = random.chance(0.95);
  return {
    item: madeUpItem(number, SUBJECTS[subject] ?? '', random),
    vectors: {
      text: near(middle),
      bridged: pictured && middle ? near(unit(subtract(middle, textCentre))) : null,
      looks: pictured ? near(looks[subject]) : null,
    },
  };
}

function madeUpItem(number: number, subject: string, random: Random): Item {
  const [colour = '', kind = ''] = subject.split(' ');
  const material = MATERIALS[random.whole(0, MATERIALS.length - 1)] ?? '';
  const brand = `Brand${random.whole(1, BRANDS)}`;
  const id = `item-${number.toString().padStart(7, '0')}`;
  return {
    id,
    groupId: `thing-${Math.floor(number / VARIANTS)}`,
    title: `${colour} ${material} ${kind} ${someWords(2, random)}`,
    description: `A ${kind} of ${material} by ${brand}. ${someWords(24, random)}.`,
    brand,
    category: [ROOMS[random.whole(0, ROOMS.length - 1)] ?? '', kind],
    price: { amount: random.whole(5, 500), currency: 'EUR' },
    inStock: random.chance(0.9),
    popularity: random.whole(0, 5000),
    createdAt: new Date(Date.UTC(2026, 0, 1 + random.whole(0, 300))).toISOString(),
    images: [{ url: `/pictures/${id}.webp`, alt: subject }],
    attributes: { colour, material, size: random.whole(1, 12) },
  };
}

/** The words of a vocabulary, the n-th about 1/n as often as the first (Zipf). */
function someWords(count: number, random: Random): string {
  return Array.from({ length: count }, () => `word${Math.floor(VOCABULARY ** random.next())}`).join(' ');
}

function around(middle: Vector, random: Random): Vector {
  const off = noise(middle.length, random);
  return unit(middle.map((x, i) => x + NOISE * (off[i] ?? 0)));
}

/** Of length about 1, in any direction. */
export function noise(dims: number, random: Random): Vector {
  const width = Math.sqrt(12 / dims);
  return Float32Array.from({ length: dims }, () => (random.next() - 0.5) * width);
}

/** Queries, each of other words, as shoppers put them: a subject, and in most of them more. */
export function madeUpQueries(count: number): readonly string[] {
  const random = seededRandom('queries');
  return Array.from({ length: count }, (_, i) => {
    const material = MATERIALS[i % MATERIALS.length] ?? '';
    const subject = SUBJECTS[(i * 37) % SUBJECTS.length] ?? '';
    return i % 4 === 0 ? subject : `${material} ${subject}${i % 2 === 0 ? ` ${someWords(1, random)}` : ''}`;
  });
}

/** Queries without rare words: where one is taken for a slip, it is encoded and looked for again as it was meant. */
export function knownWords(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const material = MATERIALS[i % MATERIALS.length] ?? '';
    return `${material} ${SUBJECTS[(i * 37) % SUBJECTS.length] ?? ''}`;
  });
}
