import type { Department } from './department.ts';
import type { PatternName } from './drawing/pattern.ts';
import type { MaterialName } from './drawing/texture.ts';
import type { ColourName } from './palette.ts';
import type { Random } from './random.ts';

/** What there is to say about one item. */
export interface Design {
  readonly department: Department;
  readonly brand: string;
  readonly series: string;
  readonly shape: string;
  readonly material: MaterialName;
  readonly pattern: PatternName;
}

/** Names of product lines; none of them is a colour, a pattern or a material. */
export const SERIES = [
  'Alder',
  'Anouk',
  'Bay',
  'Birk',
  'Calla',
  'Cove',
  'Dara',
  'Dune',
  'Edda',
  'Ember',
  'Faro',
  'Finch',
  'Gale',
  'Greta',
  'Harbour',
  'Hedda',
  'Ilse',
  'Iona',
  'Juno',
  'Kaia',
  'Kite',
  'Lark',
  'Liv',
  'Mara',
  'Mika',
  'Nell',
  'Nova',
  'Odde',
  'Orla',
  'Pax',
  'Perrin',
  'Quill',
  'Rhea',
  'Rune',
  'Saga',
  'Skye',
  'Tace',
  'Tilda',
  'Una',
  'Vega',
  'Vida',
  'Wren',
  'Ylva',
  'Zora',
] as const;

const PATTERN_WORDS: Readonly<Record<PatternName, string>> = {
  plain: '',
  stripes: 'striped',
  dots: 'dotted',
  check: 'checked',
  floral: 'floral',
  chevron: 'chevron',
  botanical: 'leaf-print',
  speckled: 'speckled',
};

/**
 * A title as shops write them: always the brand, the series and the type; in half of the designs nothing of how the
 * thing looks, so that words alone cannot find it.
 */
export function titleOf(design: Design, colour: ColourName, style: number): string {
  const { brand, series, shape, material, pattern } = design;
  const name = `${brand} ${series}`;
  const printed = PATTERN_WORDS[pattern];
  if (style < 0.5) return `${name} ${capitalised(kind(design))}`;
  if (style < 0.66) return `${name} ${capitalised(kind(design))} in ${capitalised(colour)}`;
  if (style < 0.78) return `${name} ${capitalised(material)} ${capitalised(kind(design))}`;
  if (style < 0.9 && printed) return `${name} ${capitalised(`${printed} ${kind(design)}`)}, ${colour}`;
  return `${name} ${capitalised(`${colour} ${material} ${shapeNoun(shape, design)}`)}`;
}

/** A description of two or three sentences that tells colour and pattern in about two cases of five. */
export function describe(design: Design, colour: ColourName, random: Random): string {
  const { department, brand, series, material, pattern } = design;
  const praise = random.shuffle(department.praise);
  const printed = PATTERN_WORDS[pattern];
  const parts = [`The ${series} ${kind(design)} ${praise[0] ?? 'is good'}.`];
  if (random.chance(0.4)) parts.push(`In ${[colour, printed].filter(Boolean).join(', ')} ${material}.`);
  else if (random.chance(0.35)) parts.push(`Made of ${material} that ages well.`);
  parts.push(random.chance(0.5) ? `It ${praise[1] ?? 'lasts'}.` : `Part of the ${series} line by ${brand}.`);
  return parts.join(' ');
}

/** What a shopper would call it: "chelsea boot", "wrap dress", "round rug". */
export function kind(design: Design): string {
  return shapeNoun(design.shape, design);
}

const COMPLETE =
  /boot|dress$|shirt|tee|polo|button-down|bag|tote|satchel|backpack|duffel|hat|cap|beanie|fedora|chair|stool|lamp|pendant|mug|cup|sofa|chesterfield|loveseat|chaise|vase|amphora|runner|high-top|low-top|slip-on|seater/;

function shapeNoun(shape: string, { department }: Design): string {
  const noun = department.path[1].toLowerCase().replace(/(?:(dress|sh)es|s)$/, '$1');
  if (noun === 'rug' || noun === 'sneaker')
    return noun === 'rug' ? `${shape} rug`.replace('runner rug', 'runner') : `${shape} sneaker`;
  if (noun === 'sofa') return /seater/.test(shape) ? `${shape} sofa` : shape;
  if (shape === 'pendant') return 'pendant lamp';
  return COMPLETE.test(shape) ? shape : `${shape} ${noun}`;
}

function capitalised(text: string): string {
  return text.replace(/(^|[\s])(\p{Ll})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase());
}
