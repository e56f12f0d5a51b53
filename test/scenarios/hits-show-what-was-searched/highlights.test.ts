import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

let folder: string;
let shop: Shop;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-synonyms-'));
  const MEDLEY_SYNONYMS = join(folder, 'synonyms.txt');
  await writeFile(MEDLEY_SYNONYMS, 'beaker => mug');
  shop = await openShop({ env: { MEDLEY_SYNONYMS } });
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true });
});

interface Shown {
  readonly search: {
    readonly edges: readonly {
      readonly highlights: readonly {
        readonly field: string;
        readonly parts: readonly { readonly text: string; readonly matched: boolean }[];
      }[];
    }[];
    readonly pageInfo: { readonly endCursor: string };
  };
}

/** The highlights of the first hit, with what matched in brackets. */
async function shown(input: object, page: object = {}): Promise<readonly string[]> {
  const { search } = await asked(input, page);
  const [first] = search.edges;
  return (first?.highlights ?? []).map(
    ({ field, parts }) => `${field}: ${parts.map(({ text, matched }) => (matched ? `[${text}]` : text)).join('')}`,
  );
}

async function asked(input: object, page: object): Promise<Shown> {
  const { data } = await shop.ask<Shown>(
    `query Shown($input: SearchInput!, $first: Int, $after: String) {
      search(input: $input, first: $first, after: $after) {
        edges { highlights { field parts { text matched } } }
        pageInfo { endCursor }
      }
    }`,
    { input, ...page },
  );
  return data;
}

describe('the highlights of hits', () => {
  it('show what was searched, slips mended and synonyms known', async () => {
    const told = ['title: Alba [red] [mug]', 'category: [mugs]', 'description: A [mug] of the series Alba.'];
    for (const text of ['red mugs', 'red mugg', 'red beakers'])
      expect(await shown({ text, filter: { ids: ['i000'] } })).toEqual(expect.arrayContaining(told));
  });

  it('are on later pages, too', async () => {
    const { search } = await asked({ text: 'lamps' }, { first: 1 });
    const page = { first: 1, after: search.pageInfo.endCursor };
    expect(await shown({ text: 'lamps' }, page)).toContain('category: [lamps]');
  });

  it('are none where a picture was searched, or nothing', async () => {
    expect(await shown({ parts: [{ itemId: 'i000' }] })).toEqual([]);
    expect(await shown({})).toEqual([]);
  });
});
