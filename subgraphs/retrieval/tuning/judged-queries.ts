import { MedleyError } from '../../../src/runtime/errors.ts';
import type { SourceRecord } from '../catalogue/reading/item-reader.ts';
import type { Grades } from '../measures/judged-query.ts';

/** A query as it is typed, and what it should find. */
export interface JudgedQuery {
  readonly words: string;
  readonly grades: Grades;
}

const COLUMNS = 'query, item and grade (0 to 4), or relevant (1 or 0) in the place of grade';

/**
 * Collects the lines of a judgments file, by query.
 *
 * @throws MedleyError INVALID_JUDGMENTS with the line, what came and what was expected
 */
export async function judgedQueries(records: AsyncIterable<SourceRecord>): Promise<readonly JudgedQuery[]> {
  const queries = new Map<string, Map<string, number>>();
  for await (const record of records) {
    const words = textIn(record, 'query');
    const item = textIn(record, 'item');
    const grade = gradeIn(record);
    const grades = queries.get(words) ?? new Map<string, number>();
    const before = grades.get(item) ?? grade;
    if (before !== grade)
      throw wrong(
        record,
        `item ${item} has grade ${grade} for "${words}", but ${before} on an earlier line; keep one of them`,
      );
    queries.set(words, grades.set(item, grade));
  }
  return [...queries].map(([words, grades]) => ({ words, grades }));
}

/** Queries that can tell one ranking from another: those with an item that is relevant. */
export function withRelevant(queries: readonly JudgedQuery[]): readonly JudgedQuery[] {
  return queries.filter(({ grades }) => [...grades.values()].some((grade) => grade > 0));
}

function textIn(record: SourceRecord, name: 'query' | 'item'): string {
  const value = fieldsIn(record)[name];
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && text.trim() !== '') return text.trim();
  throw wrong(record, `${shown(name, value)}; expected a text (${COLUMNS})`);
}

const RELEVANT: Readonly<Record<string, number>> = { 1: 1, 0: 0, true: 1, false: 0 };

function gradeIn(record: SourceRecord): number {
  const { grade, relevant } = fieldsIn(record);
  if (isGiven(grade)) {
    const value = Number(grade);
    if (value >= 0 && value <= 4) return value;
    throw wrong(record, `${shown('grade', grade)}; expected a number from 0 to 4`);
  }
  if (!isGiven(relevant)) throw wrong(record, `there is neither "grade" nor "relevant"; expected ${COLUMNS}`);
  const value = RELEVANT[String(relevant).trim().toLowerCase()];
  if (value !== undefined) return value;
  throw wrong(record, `${shown('relevant', relevant)}; expected 1 or 0`);
}

function fieldsIn(record: SourceRecord): Readonly<Record<string, unknown>> {
  if ('problem' in record) throw wrong(record, record.problem.message);
  return record.fields;
}

function isGiven(value: unknown): boolean {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number' || typeof value === 'boolean';
}

function shown(name: string, value: unknown): string {
  return value === undefined ? `there is no "${name}"` : `"${name}" is ${JSON.stringify(value)}`;
}

function wrong({ line }: SourceRecord, what: string): MedleyError {
  return new MedleyError('INVALID_JUDGMENTS', `Line ${line}: ${what}.`);
}
