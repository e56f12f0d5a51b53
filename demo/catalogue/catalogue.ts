import type { Department } from './department.ts';
import { UNDYED } from './department.ts';
import { DEPARTMENTS } from './departments.ts';
import { drawPicture } from './drawing/picture.ts';
import { COLOURS, type ColourName } from './palette.ts';
import { seededRandom, type Random } from './random.ts';
import { describe, SERIES, titleOf, type Design } from './wording.ts';

/** One line of items.jsonl. */
export interface DemoItem {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly category: readonly string[];
  readonly brand: string;
  readonly price: number;
  readonly inStock: boolean;
  readonly groupId: string;
  readonly popularity: number;
  readonly createdAt: string;
  readonly image: string;
  readonly colour: ColourName;
  readonly pattern: string;
  readonly material: string;
  readonly shape: string;
  readonly season?: string;
  readonly room?: string;
  readonly usage?: string;
}

/** An item and the picture that shows it. */
export interface DrawnItem {
  readonly item: DemoItem;
  /** The picture as SVG source. */
  readonly picture: string;
}

const TODAY = Date.parse('2026-11-01T09:00:00Z');
const DAY = 86_400_000;

/** The demo's items, the same ones every time; the departments come equally often. */
export function* demoItems(count = 1_800, seed = 'medley'): Generator<DrawnItem> {
  const random = seededRandom(seed);
  const ranks = random.shuffle(Array.from({ length: count }, (_, at) => at + 1));
  let made = 0;
  for (let number = 0; made < count; number += 1) {
    const department = DEPARTMENTS[number % DEPARTMENTS.length] ?? DEPARTMENTS[0];
    for (const variant of variants(department, number, seed)) {
      if (made === count) return;
      yield drawnItem(variant, made, ranks[made] ?? count);
      made += 1;
    }
  }
}

interface Variant {
  readonly design: Design;
  readonly colour: ColourName;
  readonly number: number;
  readonly style: number;
  readonly price: number;
  readonly random: Random;
}

/** One design in the one to four colours that it is sold in. */
function variants(department: Department, number: number, seed: string): readonly Variant[] {
  const random = seededRandom(`${seed}/${number}`);
  const design = newDesign(department, random);
  const [low, high] = department.price;
  const price = Math.max(low, Math.round(low + (high - low) * random.next() ** 1.8)) - (random.chance(0.6) ? 0.1 : 0);
  const style = random.next();
  return coloursOf(design, random).map((colour) => ({
    design,
    colour,
    number,
    style,
    price,
    random: seededRandom(`${seed}/${number}/${colour}`),
  }));
}

function newDesign(department: Department, random: Random): Design {
  const [first = '', ...others] = Object.keys(department.shapes);
  const material = random.pick(department.materials);
  const dyed = UNDYED[material] === undefined && material !== 'leather';
  return {
    department,
    brand: random.pick(department.brands),
    series: random.pick(SERIES),
    shape: random.pick([first, ...others]),
    material,
    pattern: dyed || random.chance(0.2) ? random.pick(department.patterns) : 'plain',
  };
}

function coloursOf({ material }: Design, random: Random): readonly ColourName[] {
  const undyed = UNDYED[material];
  const all = Object.keys(COLOURS) as ColourName[];
  const choices = undyed && random.chance(0.85) ? [...new Set(random.shuffle(undyed))] : random.shuffle(all);
  return choices.slice(0, random.pick([1, 2, 3, 3, 4]));
}

function drawnItem({ design, colour, number, style, price, random }: Variant, made: number, rank: number): DrawnItem {
  const { department, brand, shape, material, pattern } = design;
  const id = `m${String(made + 1).padStart(4, '0')}`;
  const draw = department.shapes[shape];
  if (!draw) throw new Error(`No drawing of "${shape}" in ${department.path[1]}.`);
  const item: DemoItem = {
    id,
    title: titleOf(design, colour, style),
    description: describe(design, colour, random),
    category: department.path,
    brand,
    price,
    inStock: random.chance(0.91),
    groupId: `g${String(number + 1).padStart(4, '0')}`,
    popularity: Math.round(5_000 / rank ** 0.82),
    createdAt: new Date(TODAY - Math.floor(random.next() ** 1.6 * 720) * DAY).toISOString(),
    image: `images/${id}.webp`,
    colour,
    pattern,
    material,
    shape,
    [department.use.attribute]: random.pick(department.use.values),
  };
  const look = {
    shape: draw,
    colour,
    pattern,
    material,
    patternScale: department.patternScale,
    turns: department.turns,
  };
  return { item, picture: drawPicture(look, random) };
}
