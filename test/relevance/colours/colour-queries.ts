import type { LoggedQuery } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { wanted } from '../../../subgraphs/retrieval/measures/judged-query.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import type { ColouredItem } from './coloured-item.ts';

/** A query for a colour and a type: grade 2 for both, 1 for the type in another colour. */
export interface ColourQuery {
  readonly text: string;
  readonly type: string;
  readonly grades: ReadonlyMap<string, number>;
}

export type Part = 'taught' | 'validation' | 'test';

/** Types, not queries, are divided: what is tested are types of which the bridge has seen no query. */
export function partOf(type: string): Part {
  const place = placeOfType(type);
  return place < 0.4 ? 'taught' : place < 0.6 ? 'validation' : 'test';
}

/** In [0, 1). */
export function placeOfType(type: string): number {
  return placeOf(`type\0${type}`);
}

/** Types of which there are too few tell nothing: five items are well ranked in whatever order. */
const FEWEST_OF_A_TYPE = 10;

/** Every colour of every type of the part that at least `fewest` items have, and for whom, where the catalogue says. */
export function colourQueries(
  items: readonly ColouredItem[],
  part: Part,
  { fewest }: { readonly fewest: number },
): readonly ColourQuery[] {
  const mine = items.filter(({ type }) => partOf(type) === part);
  const types = [...Map.groupBy(mine, ({ type }) => type).values()].filter(({ length }) => length >= FEWEST_OF_A_TYPE);
  const all = types.flatMap((same) => [
    ...queriesOf(same, ({ colour, type }) => `${colour} ${type}`),
    ...queriesOf(
      same.filter(({ wearer }) => wearer !== undefined),
      ({ colour, type, wearer }) => `${colour} ${type} for ${wearer ?? ''}`,
    ),
  ]);
  return all.filter(({ grades }) => wanted(grades).size >= fewest);
}

/** The colour has to be that of the query; so has the wearer, where the query names one. */
function queriesOf(same: readonly ColouredItem[], textOf: (item: ColouredItem) => string): readonly ColourQuery[] {
  const type = same[0]?.type ?? '';
  return [...Map.groupBy(same, textOf)].map(([text, right]) => {
    const both = new Set(right.map(({ id }) => id));
    return { text, type, grades: new Map(same.map(({ id }) => [id, both.has(id) ? 2 : 1])) };
  });
}

const LOGGED_SHARE = 0.3;

/** What viewers asked before they chose an item of a taught type: one query for 30 % of these items. */
export function loggedQueries(items: readonly ColouredItem[]): readonly LoggedQuery[] {
  return items
    .filter(({ id, type }) => partOf(type) === 'taught' && placeOf(`logged\0${id}`) < LOGGED_SHARE)
    .map(({ id, colour, type }) => ({ text: `${colour} ${type}`, itemId: id }));
}
