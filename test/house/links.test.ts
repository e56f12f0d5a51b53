import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import GithubSlugger from 'github-slugger';
import { PAGES, proseOf, ROOT } from './pages.ts';

const folders = globSync('{demo,deploy,models,schema,src,subgraphs,test,tools,training}/**/README.md', {
  cwd: ROOT,
  exclude: (path) => basename(path) === 'node_modules',
});

/** Where a reader can be sent in a page, as GitHub names it. */
function anchorsOf(page: string): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const headings = [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(headings.map((heading) => slugger.slug(heading)));
}

/** Whether a link of a page leads somewhere in this repository; one to elsewhere is not looked at. */
function leadsSomewhere(page: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return true;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(target).has(anchor);
}

describe('a link between pages', () => {
  it.each([...PAGES, ...folders.sort()])('leads to a page and a heading that are there: %s', (page) => {
    const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });
});
