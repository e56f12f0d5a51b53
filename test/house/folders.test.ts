import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PAGES, ROOT } from './pages.ts';

const files = ['bin', 'demo', 'deploy', 'models', 'schema', 'src', 'subgraphs', 'test', 'tools', 'training'].flatMap(
  (top) => globSync(`${top}/**/*`, { cwd: ROOT, exclude: (path) => basename(path) === 'node_modules' }),
);
const names = new Set(files.map((file) => basename(file)));

const readmes = files.filter((file) => basename(file) === 'README.md');

describe('a page', () => {
  it.each([...PAGES, ...readmes])('%s names no file that is not there', (readme) => {
    const text = readFileSync(join(ROOT, readme), 'utf8');
    const named = text.match(/[\w./-]*[\w-]\.(?:ts|py|wat|graphql)\b/g) ?? [];
    const missing = named.filter((name) =>
      name.includes('/')
        ? !existsSync(join(ROOT, dirname(readme), name)) && !files.some((file) => file.endsWith(name))
        : !names.has(name),
    );
    expect(missing.filter((name) => name !== 'rows/NAME.ts')).toEqual([]);
  });
});

describe('the README of the scenarios', () => {
  it('tells every promise to a shop that is seen working', () => {
    const text = readFileSync(join(ROOT, 'test/scenarios/README.md'), 'utf8');
    const promises = readdirSync(join(ROOT, 'test/scenarios'), { withFileTypes: true }).filter((it) =>
      it.isDirectory(),
    );
    expect(promises.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
