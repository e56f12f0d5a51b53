import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item } from '../../../src/vocabulary/item.ts';
import type { ItemFilter } from '../../../src/vocabulary/item-filter.ts';
import { seeded } from '../../support/random.ts';
import type { Grades } from '../../../subgraphs/retrieval/measures/judged-query.ts';

/** What is asked of every index, with a filter that some items pass. */
export interface Question {
  readonly text: string;
  readonly filter: ItemFilter;
  /** Empty where nobody judged the query. */
  readonly grades: Grades;
}

const QUESTIONS = 200;

/** Judged queries of films; the filter asks for the years of one of the items. */
export function filmQuestions(folder: string, items: readonly Item[]): readonly Question[] {
  const [, ...lines] = readFileSync(join(folder, 'films/judgments.tsv'), 'utf8').trim().split('\n');
  const judged = lines.map((line) => line.split('\t'));
  const queries = [...Map.groupBy(judged, ([, text = '']) => text)];
  return drawn(queries, QUESTIONS).map(([text, judgments], at) => ({
    text,
    filter: { field: 'year', range: { gte: Number(items[at * 7]?.attributes['year'] ?? 2000) - 3 } },
    grades: new Map(judgments.map(([, , id = '', grade]) => [id, Number(grade)])),
  }));
}

/** Words of a title, as someone would type them; the filter asks for the gender and the kind of that item. */
export function fashionQuestions(items: readonly Item[]): readonly Question[] {
  return drawn(items, QUESTIONS).map((item, at) => {
    const words = item.title.toLowerCase().split(' ');
    const kind = String(item.attributes['masterCategory']);
    const gender = String(item.attributes['gender']);
    const both = [
      { field: 'masterCategory', in: [kind] },
      { field: 'gender', in: [gender, 'Unisex'] },
    ];
    return { text: words.slice(at % 2 === 0 ? -2 : -3).join(' '), filter: { and: both }, grades: new Map() };
  });
}

/** The same every time. */
function drawn<T>(all: readonly T[], count: number): readonly T[] {
  const random = seeded(7);
  const left = [...all];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}
