import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ERROR_BOOK } from '../../src/runtime/errors.ts';
import { settingDefaults } from '../../src/runtime/environment.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const firstCells = (heading: string) => {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
};

describe('the README', () => {
  it('tells every code of the error book, and no other', () => {
    expect(firstCells('Errors').sort()).toEqual(Object.keys(ERROR_BOOK).sort());
  });

  it('tells every setting of the whole, with its default', () => {
    const told = firstCells('Settings');
    for (const [name, value] of Object.entries(settingDefaults())) {
      expect(told).toContain(name);
      const row = readme.split('
').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      expect(row).toContain(value === undefined ? 'unset' : `\`${value}\``);
    }
  });
});
