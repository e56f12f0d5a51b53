import type { SourceFields } from '../shop/variant.ts';

/** What a product photo shows and its record says. */
export interface ColouredItem {
  readonly id: string;
  readonly type: string;
  readonly colour: string;
  /** Whom it is for; only some catalogues say. */
  readonly wearer?: string;
}

/** How a catalogue tells colours, and how they are taken out of it. */
export interface ColourSource {
  readonly catalogue: string;
  /** A colour of a type is asked for where so many items have it: an answer of one item is a matter of luck. */
  readonly fewest: number;
  read(fields: SourceFields): ColouredItem | undefined;
  /** The record without its colour field and without colour words in its texts. */
  withhold(fields: SourceFields, isColour: (word: string) => boolean): SourceFields;
}

export const FASHION: ColourSource = {
  catalogue: 'fashion',
  fewest: 5,
  read: ({ id, articleType, baseColour, gender }) =>
    said(baseColour) && baseColour !== 'NA' && baseColour !== 'Multi'
      ? { id: said(id), type: lower(articleType), colour: lower(baseColour), wearer: lower(gender) }
      : undefined,
  withhold: (fields, isColour) => ({ ...fields, baseColour: '', title: without(said(fields['title']), isColour) }),
};

/** Many colours are several, or materials: the first that is told counts. */
export const IKEA: ColourSource = {
  catalogue: 'ikea',
  fewest: 2,
  read: ({ id, type, color }) => {
    const [colour = ''] = lower(color).split(',');
    return colour === '' ? undefined : { id: said(id), type: lower(type), colour };
  },
  withhold: (fields, isColour) => ({
    ...fields,
    color: '',
    name: without(said(fields['name']), isColour),
    description: without(said(fields['description']), isColour),
  }),
};

/** The words of all colours of a catalogue. */
export function colourWords(items: readonly ColouredItem[]): (word: string) => boolean {
  const words = new Set(items.flatMap(({ colour }) => colour.split(/[^\p{L}]+/u)).filter(({ length }) => length > 2));
  return (word) => words.has(word.toLowerCase());
}

function without(text: string, isColour: (word: string) => boolean): string {
  const kept = text.split(/\s+/).filter((word) => !word.split(/[^\p{L}]+/u).some(isColour));
  return kept.join(' ');
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function lower(value: unknown): string {
  return said(value).toLowerCase();
}
