import { alignedColumns } from '../../../src/runtime/aligned-columns.ts';
import type { ColumnStyle } from '../../../src/runtime/aligned-columns.ts';
import { told } from '../../../src/runtime/counted.ts';
import { describeOverall } from './describe-overall.ts';
import type { ReadLog } from './describe-overall.ts';
import type { QueryReport } from './query-report.ts';
import type { SearchesReport } from './searches-report.ts';

/** The report for a person at a terminal of 100 columns; each part says what can be done about it. */
export function describeSearches(report: SearchesReport, log: ReadLog): string {
  const overall = describeOverall(report, log);
  if (report.searches === 0) return overall;
  if (report.mostSearched.length === 0) return `${overall}\nNo query is left to list.`;
  const parts = PARTS.filter(({ ofChoices = false }) => !ofChoices || report.clickThroughRate !== null);
  return [overall, ...parts.map((part) => describePart(part, report))].join('\n\n');
}

interface Column {
  readonly head: string;
  readonly style: ColumnStyle;
  readonly cell: (query: QueryReport) => string;
}

interface Part {
  readonly title: string;
  readonly rows: (report: SearchesReport) => readonly QueryReport[];
  readonly columns: readonly Column[];
  readonly none: string;
  /** Told only where choices are known. */
  readonly ofChoices?: true;
  readonly advice: readonly string[];
}

const figure = (head: string, cell: Column['cell']): Column => ({ head, style: { align: 'right' }, cell });
const text = (head: string, most: number, cell: Column['cell']): Column => ({ head, style: { most }, cell });

const query = (most: number): Column => text('query', most, (own) => own.query);
const COUNTS = [
  figure('searches', ({ searches }) => told(searches)),
  figure('viewers', ({ viewers }) => told(viewers)),
] as const;
const hits = figure('hits', ({ hits: own }) =>
  own ? `${told(own.value)}${own.relation === 'EXACT' ? '' : '+'}` : '-',
);
const share = figure('chosen', ({ clickThroughRate }) => percent(clickThroughRate));

const PARTS: readonly Part[] = [
  {
    title: 'Most searched',
    rows: ({ mostSearched }) => mostSearched,
    columns: [
      query(32),
      ...COUNTS,
      hits,
      share,
      figure('position', ({ meanPosition }) => decimal(meanPosition)),
      text('read as', 16, ({ readAs }) => readAs ?? ''),
    ],
    none: '',
    advice: [
      'Try these searches yourself: most shoppers see what they show. If "read as" is wrong, add a',
      'synonym. To put an item first, add a ranking rule (MEDLEY_RANKING_RULES).',
    ],
  },
  {
    title: 'Missing synonyms: found nothing, or have a word that is in no item',
    rows: ({ forSynonyms }) => forSynonyms,
    columns: [
      query(32),
      ...COUNTS,
      hits,
      text('found by', 10, ({ found }) => (found === null ? '-' : FOUND[found])),
      text('in no item', 24, ({ unknownWords }) => unknownWords.join(', ')),
    ],
    none: 'None: every word of every query with enough viewers is in some item.',
    advice: [
      'Add what shoppers mean to the file of MEDLEY_SYNONYMS: "settee, sofa" or "kicks => sneakers".',
      'npm run medley -- inspect synonyms FILE checks the file. What you do not sell needs no synonym.',
    ],
  },
  {
    title: 'Chosen clearly less often than usual at their positions',
    rows: ({ chosenLess }) => chosenLess,
    columns: [
      query(32),
      ...COUNTS,
      share,
      figure('choices', ({ choices }) => told(choices ?? 0)),
      figure('expected', ({ expectedChoices }) => decimal(expectedChoices)),
      figure('COEC', ({ coec }) => (coec === null ? '-' : coec.toFixed(2))),
    ],
    none: 'None: viewers chose from every frequent search about as often as usual.',
    ofChoices: true,
    advice: [
      'For one query, pin or lift what viewers want (MEDLEY_RANKING_RULES). For many, find better',
      'weights: npm run medley -- judgments clicks.csv, then npm run medley -- tune clicks.csv',
    ],
  },
];

const FOUND = { WORDS: 'words', LIKENESS: 'likeness', NOTHING: 'nothing' } as const;

function describePart({ title, rows: read, columns, none, advice }: Part, report: SearchesReport): string {
  const rows = read(report).map((own) => columns.map(({ cell }) => cell(own)));
  if (rows.length === 0) return `${title}\n  ${none}`;
  const table = alignedColumns(
    [columns.map(({ head }) => head), ...rows],
    columns.map(({ style }) => style),
  );
  return [
    title,
    ...table.map((line) => `  ${line}`),
    ...advice.map((line, i) => (i === 0 ? `  -> ${line}` : `     ${line}`)),
  ].join('\n');
}

function percent(part: number | null): string {
  return part === null ? '-' : `${(100 * part).toFixed(0)} %`;
}

function decimal(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}
