import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { ERROR_BOOK, GRAPHQL_ERRORS } from '../../src/runtime/errors.ts';
import { settingDefaults } from '../../src/runtime/environment.ts';
import { KNOWN_SETTINGS } from '../../src/runtime/known-settings.ts';
import { DEGRADATION_CODES } from '../../subgraphs/retrieval/ranking/window.ts';

const lines = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').split(/\r?\n/);

/** The rows of the table under a heading, by the name in their first cell. */
function rowsUnder(heading: string): ReadonlyMap<string, string> {
  const from = lines.indexOf(`## ${heading}`);
  const to = lines.findIndex((line, i) => i > from && line.startsWith('## '));
  const rows = lines.slice(from, to).flatMap((line) => {
    const name = /^\| `([A-Z_]+)`/.exec(line)?.[1];
    return name ? [[name, line] as const] : [];
  });
  return new Map(rows);
}

describe('the README', () => {
  it("tells every code of the error book and GraphQL's own, with status and meaning, and no other", () => {
    const rows = rowsUnder('Errors');
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

  it('tells every code of what an answer had to do without, and no other', () => {
    expect([...rowsUnder('Degradations').keys()].sort()).toEqual([...DEGRADATION_CODES].sort());
  });

  it('tells every setting of the whole, with its default', () => {
    const rows = rowsUnder('Settings');
    for (const [name, value] of Object.entries(settingDefaults())) {
      expect(rows.get(name)).toContain(value === undefined ? 'unset' : `\`${value}\``);
    }
  });

  it('tells every setting that is known to be one, and no other', () => {
    const told = [...rowsUnder('Settings').keys()].filter((name) => name.startsWith('MEDLEY_'));
    expect(told.toSorted()).toEqual([...KNOWN_SETTINGS].toSorted());
  });

  it('shows operations that the schema for clients has', () => {
    const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
    const shown = [...lines.join('\n').matchAll(/^```graphql\n(.*?)^```/gms)].map(([, operation = '']) => operation);
    expect(shown.length).toBeGreaterThan(3);
    for (const operation of shown) expect(validate(schema, parse(operation)).map(({ message }) => message)).toEqual([]);
  });
});
