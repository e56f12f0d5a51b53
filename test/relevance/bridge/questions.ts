import type { ColouredItem } from '../colours/coloured-item.ts';
import type { Grades } from '../../../subgraphs/retrieval/measures/judged-query.ts';

/** Something asked in words, with the photos that answer it. */
export interface Question {
  readonly text: string;
  readonly grades: Grades;
}

/** An item with its title, and what its record says of its looks. */
export interface Described {
  readonly id: string;
  readonly title: string;
  readonly looks: ColouredItem | undefined;
}

/** Each item's own title: one photo is right. */
export function titleQuestions(items: readonly Described[]): readonly Question[] {
  return items.map(({ id, title }) => ({ text: title, grades: new Map([[id, 1]]) }));
}

/** Every colour and type (and for whom) that is there, once; every photo of such an item is right. */
export function attributeQuestions(items: readonly Described[]): readonly Question[] {
  return asked(items, ({ looks }) => {
    if (!looks) return undefined;
    const { colour, type, wearer } = looks;
    return wearer === undefined ? `${colour} ${type}` : `${colour} ${type} for ${wearer}`;
  });
}

export const MATERIALS =
  'leather denim cotton wool linen suede canvas velvet wooden wood pine oak glass steel bamboo plastic'.split(' ');
export const PATTERNS =
  'striped stripes check checks checked printed print floral solid polka graphic flower checkered'.split(' ');

/** Every colour and type that is there, once. */
export function colourQuestions(items: readonly Described[]): readonly Question[] {
  return asked(items, ({ looks }) => looks && `${looks.colour} ${looks.type}`);
}

/** A word of the title with the type, such as "striped shirts"; right are the photos of that type whose title has the word. */
export function wordQuestions(items: readonly Described[], words: readonly string[]): readonly Question[] {
  return words.flatMap((word) =>
    asked(items, ({ title, looks }) =>
      looks &&
      title
        .toLowerCase()
        .split(/[^\p{L}]+/u)
        .includes(word) &&
      !looks.type.includes(word)
        ? `${word} ${looks.type}`
        : undefined,
    ),
  );
}

/** Two letters in the middle of the longest word change places. */
export function withTypo({ text, grades }: Question): Question {
  const [longest = ''] = text.split(' ').toSorted((a, b) => b.length - a.length);
  const at = Math.floor(longest.length / 2);
  const typed = longest.slice(0, at - 1) + longest.charAt(at) + longest.charAt(at - 1) + longest.slice(at + 1);
  return { text: text.replace(longest, typed), grades };
}

function asked(items: readonly Described[], textOf: (item: Described) => string | undefined): readonly Question[] {
  const groups = Map.groupBy(items, (item) => textOf(item) ?? '');
  groups.delete('');
  return [...groups].map(([text, right]) => ({ text, grades: new Map(right.map(({ id }) => [id, 1])) }));
}
