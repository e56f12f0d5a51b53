import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import { ask } from './ask.ts';
import { CATEGORY_PATH } from './category-path.ts';
import { CATALOGUE } from './documents.ts';

/** What is published, as far as a storefront needs to know to offer filters. */
export interface Catalogue {
  readonly name: string;
  readonly items: number;
  readonly fields: readonly { readonly name: string; readonly type: 'STRING' | 'NUMBER' | 'BOOLEAN' | 'DATE' }[];
}

/** One group of filters. */
export interface FacetChoice {
  readonly field: string;
  readonly label: string;
  readonly limit: number;
}

/** What shoppers filter by first, in the order of the sidebar; other fields follow in the catalogue's own order. */
const FAMILIAR = [
  /^categoryPath$/,
  /^category$/i,
  /colou?r/i,
  /^pattern$/i,
  /^material$/i,
  /^brand$/i,
  /type$/i,
  /^gender$/i,
];
/** Fields that say which item it is, not what kind. */
const PARTICULAR = /^(currency|groupId|image|images|url|id|title|name|characters|information)$/i;
const MOST = 8;

/** The groups of filters that fit a catalogue; the demo's own come out as category, colour, pattern, material, brand, ... */
export function facetChoices({ fields }: Catalogue): readonly FacetChoice[] {
  const all = fields.filter(({ name, type }) => type === 'STRING' && !PARTICULAR.test(name)).map(({ name }) => name);
  // The tree says what the flat list of its steps does.
  const words = all.includes(CATEGORY_PATH) ? all.filter((name) => name !== 'category') : all;
  const familiar = FAMILIAR.flatMap((known) => words.filter((name) => known.test(name)));
  const terms = [...new Set([...familiar, ...words])].slice(0, MOST);
  const priced = fields.some(({ name }) => name === 'price') ? [{ field: 'price', label: 'Price', limit: 6 }] : [];
  return [...terms.map((field) => ({ field, label: labelOf(field), limit: 12 })), ...priced];
}

/** baseColour, base_colour -> Base colour */
export function labelOf(field: string): string {
  const words = field
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const NONE: Catalogue = { name: '', items: 0, fields: [] };

/** Without an answer the shop still opens, only without filters. */
export async function fetchCatalogue(): Promise<Catalogue> {
  const { catalogue } = await ask<{ catalogue: Catalogue | null }>(CATALOGUE, {}).catch(() => ({ catalogue: null }));
  return catalogue ?? NONE;
}

export const CatalogueContext = createContext<Catalogue>(NONE);

export const useCatalogue = (): Catalogue => useContext(CatalogueContext);

/** The drawn catalogue that Medley brings along, whose simulated viewers have a past. */
export const isDemo = ({ name }: Catalogue): boolean => name === 'demo';
