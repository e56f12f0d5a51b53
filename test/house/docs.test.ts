import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { ERROR_BOOK, GRAPHQL_ERRORS } from '../../src/runtime/errors.ts';
import { settingDefaults } from '../../src/runtime/environment.ts';
import { KNOWN_SETTINGS } from '../../src/runtime/known-settings.ts';
import { DEGRADATION_CODES } from '../../subgraphs/retrieval/ranking/window.ts';
import { PAGES, readPage, ROOT } from './pages.ts';

/** The rows of the tables under a heading of a page, by the name in their first cell. */
function rowsUnder(page: string, heading: string): ReadonlyMap<string, string> {
  const lines = readPage(page).split(/\r?\n/);
  const from = lines.indexOf(heading);
  const [level = '#'] = heading.split(' ');
  const to = lines.findIndex((line, i) => i > from && line.startsWith(`${level} `));
  const rows = lines.slice(from, to < 0 ? undefined : to).flatMap((line) => {
    const name = /^\| `([A-Z_]+)`/.exec(line)?.[1];
    return name ? [[name, line] as const] : [];
  });
  return new Map(rows);
}

describe('the docs', () => {
  it("tell every code of the error book and GraphQL's own, with status and meaning, and no other", () => {
    const rows = rowsUnder('docs/errors.md', '## Errors');
    const told = Object.entries({ ...ERROR_BOOK, ...GRAPHQL_ERRORS });
    expect([...rows.keys()].sort()).toEqual(told.map(([code]) => code).sort());
    for (const [code, { status, meaning }] of told)
      expect(
        rows
          .get(code)
          ?.split('|')
          .map((cell) => cell.trim()),
      ).toEqual(['', `\`${code}\``, String(status), meaning, '']);
  });

  it('tell every code of what an answer had to do without, and no other', () => {
    expect([...rowsUnder('docs/errors.md', '## Degradations').keys()].sort()).toEqual([...DEGRADATION_CODES].sort());
  });

  it('tell every setting of the whole, with its default', () => {
    const rows = rowsUnder('docs/settings.md', '# Settings');
    for (const [name, value] of Object.entries(settingDefaults())) {
      expect(rows.get(name)).toContain(value === undefined ? 'unset' : `\`${value}\``);
    }
  });

  it('tell every setting that is known to be one, and no other', () => {
    const told = [...rowsUnder('docs/settings.md', '# Settings').keys()].filter((name) => name.startsWith('MEDLEY_'));
    expect(told.toSorted()).toEqual([...KNOWN_SETTINGS].toSorted());
  });

  it('show operations that the schema for clients has', () => {
    const schema = buildSchema(readFileSync(join(ROOT, 'schema/api.graphql'), 'utf8'));
    const shown = PAGES.flatMap((page) =>
      [...readPage(page).matchAll(/^```graphql\n(.*?)^```/gms)].map(([, operation = '']) => ({ page, operation })),
    );
    expect(shown.length).toBeGreaterThan(5);
    for (const { page, operation } of shown)
      expect({ page, wrong: validate(schema, parse(operation)).map(({ message }) => message) }).toEqual({
        page,
        wrong: [],
      });
  });

  it.each(PAGES)('in %s name no setting and no npm script that is not there', (page) => {
    const text = readPage(page);
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const settings = [...text.matchAll(/MEDLEY_[A-Z_]*[A-Z]\b/g)].map(([name]) => name);
    const named = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(settings.filter((name) => !KNOWN_SETTINGS.has(name) && name !== 'MEDLEY_UNAVAILABLE')).toEqual([]);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('list every page of theirs in their table of contents', () => {
    const pages = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
    const contents = readPage('docs/README.md');
    expect(pages.filter((page) => !contents.includes(`](${page.replace('docs/', '')})`))).toEqual([]);
  });
});
