import { mkdtemp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import {
  fieldTypes,
  parseCatalogue,
  readCatalogue,
} from '../../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { checkItem } from '../../../../subgraphs/retrieval/catalogue/reading/item-check.ts';
import { mapItem } from '../../../../subgraphs/retrieval/catalogue/reading/item-mapping.ts';
import { readItems, readRecords } from '../../../../subgraphs/retrieval/catalogue/reading/item-reader.ts';
import type { SourceRecord } from '../../../../subgraphs/retrieval/catalogue/reading/item-reader.ts';
import { itemTexts, shortQuery } from '../../../../subgraphs/retrieval/catalogue/encoding/item-text.ts';
import { pictureSource } from '../../../../subgraphs/retrieval/catalogue/reading/picture-source.ts';

const CATALOGUE = parseCatalogue(
  JSON.stringify({
    name: 'shop',
    items: { file: 'items.jsonl' },
    images: { folder: '.', field: 'photos' },
    fields: {
      id: 'sku',
      title: ['make', 'kind'],
      category: 'path',
      price: 'cost',
      currency: { value: 'EUR' },
      inStock: 'stock',
    },
    attributes: { colour: 'string', year: 'number', tags: { field: 'labels', type: 'string' }, released: 'date' },
  }),
);

const map = (fields: Readonly<Record<string, unknown>>) => mapItem(fields, CATALOGUE, fieldTypes(CATALOGUE));

async function recordsOf(name: string, text: string, format: 'jsonl' | 'csv') {
  const folder = await mkdtemp(join(tmpdir(), 'medley-items-'));
  await writeFile(join(folder, name), text);
  return readAll(readItems({ items: { file: join(folder, name), format } }));
}

async function readAll(source: AsyncIterable<SourceRecord>): Promise<readonly SourceRecord[]> {
  const records = [];
  for await (const record of source) records.push(record);
  return records;
}

function* breakingOff(lines: readonly string[]): Generator<string> {
  yield* lines;
  throw new Error('EIO: i/o error, read');
}

describe('a catalogue file', () => {
  it('tells every problem at once', () => {
    const wrong = { name: 'a b', items: {}, fields: { id: 'id', titel: 'x' }, attributes: { colour: 'text' } };
    expect(() => parseCatalogue(JSON.stringify(wrong))).toThrow(expect.objectContaining({ code: 'INVALID_CATALOGUE' }));
    for (const problem of [/name: /, /items\.file: /, /fields\.title: /, /titel/, /attributes\.colour: /])
      expect(() => parseCatalogue(JSON.stringify(wrong))).toThrow(problem);
  });

  it('refuses an attribute that hides a field of every item, and a price without currency', () => {
    const wrong = {
      name: 'a',
      items: { file: 'x' },
      fields: { id: 'id', title: 't', price: 'p' },
      attributes: { brand: 'string' },
    };
    expect(() => parseCatalogue(JSON.stringify(wrong))).toThrow(/fields\.currency: [\s\S]*attributes\.brand: /);
  });

  it('may begin with a byte order mark', () => {
    expect(parseCatalogue(`\uFEFF${JSON.stringify({ ...CATALOGUE, name: 'marked' })}`).name).toBe('marked');
  });

  it.each(['fashion', 'grocery', 'films', 'ikea'])('of %s is accepted', async (name) => {
    const catalogue = await readCatalogue(`test/catalogues/${name}.json`);
    expect(catalogue.name).toBe(name);
    expect(catalogue.items.file).toMatch(/^\//);
  });
});

describe('items', () => {
  it('take their fields from where the catalogue says, with the types it says', () => {
    const { item, pictures } = map({
      sku: 7,
      make: 'Acme',
      kind: 'red hat',
      path: 'Wear > Hats',
      cost: '12.50',
      stock: 'yes',
      photos: ['a b.jpg', 'https://x.example/c.jpg'],
      year: '2020',
      labels: ['new', 'warm'],
      released: '2020-02-03',
    });
    expect(item).toEqual({
      id: '7',
      title: 'Acme red hat',
      category: ['Wear', 'Hats'],
      price: { amount: 12.5, currency: 'EUR' },
      inStock: true,
      images: [
        { url: '/pictures/shop/a%20b.jpg', alt: 'Acme red hat' },
        { url: 'https://x.example/c.jpg', alt: 'Acme red hat' },
      ],
      attributes: { year: 2020, tags: ['new', 'warm'], released: Date.UTC(2020, 1, 3) },
    });
    expect(pictures).toEqual(['a b.jpg', 'https://x.example/c.jpg']);
  });

  it.each([
    ['no id', { make: 'x' }, /id: expected a text, got nothing/],
    ['no title', { sku: 1 }, /title: expected a text, got nothing/],
    ['a price that is no number', { sku: 1, make: 'x', cost: 'cheap' }, /price: .*"cheap"/],
    [
      'an attribute of the wrong type',
      { sku: 1, make: 'x', year: 'old' },
      /attributes\.year: expected one number, got "old"/,
    ],
  ])('with %s are refused with what is wrong', (_, fields, message) => {
    expect(() => map(fields)).toThrow(expect.objectContaining({ code: 'INVALID_ITEM' }));
    expect(() => map(fields)).toThrow(message);
  });

  it('have no price and no attribute where a cell is blank', () => {
    const { item } = map({ sku: 1, make: 'x', cost: ' ', stock: ' ', year: '\t', colour: '  ' });
    expect(item).toMatchObject({ id: '1', attributes: {} });
    expect([item.price, item.inStock]).toEqual([undefined, undefined]);
  });

  it('written live may carry attributes that the catalogue does not name', () => {
    const item = checkItem({ id: 'a', title: 'b', attributes: { fit: 'slim' } }, {});
    expect(item.attributes).toEqual({ fit: 'slim' });
    expect(() => checkItem({ id: 'a', title: 'b', attributes: { fit: { deep: 1 } } }, {})).toThrow(/attributes\.fit/);
    expect(() => checkItem('no item', {})).toThrow(/item: /);
  });

  it('have ids of at most 512 bytes, whole characters all', () => {
    const id = 'ж'.repeat(256);
    expect(checkItem({ id, title: 'b' }, {}).id).toBe(id);
    for (const wrong of [`${id}a`, 'a\ud800', '', '\0'])
      expect(() => checkItem({ id: wrong, title: 'b' }, {})).toThrow(/id: expected 1 to 512 bytes/);
  });

  it('are encoded by title, and by everything words say about them but addresses and file names', () => {
    const { item } = map({
      sku: 1,
      make: 'Acme',
      kind: 'hat',
      path: 'Wear',
      colour: 'red',
      labels: ['x.jpg', 'https://y.example'],
    });
    expect(itemTexts(item)).toEqual({ title: 'Acme hat', whole: 'Acme hat. Wear. red' });
    expect(itemTexts({ ...item, category: [], attributes: {} })).toEqual({ title: 'Acme hat' });
    expect(shortQuery({ ...item, title: 'Acme Men Blue Running Shoes' })).toMatch(/ Shoes$/);
  });
});

describe('reading', () => {
  it('goes on after lines that are not JSON objects, and says which they were', async () => {
    const records = await recordsOf('items.jsonl', '{"sku":1}\nnot json\n\n[1]\n{"sku":2}\n', 'jsonl');
    expect(records.map((record) => [record.line, 'problem' in record])).toEqual([
      [1, false],
      [2, true],
      [4, true],
      [5, false],
    ]);
  });

  it('keeps the first item of a file of lines that begins with a byte order mark', async () => {
    const records = await recordsOf('marked.jsonl', '\uFEFF{"sku":1}\n{"sku":2}\n', 'jsonl');
    expect(records).toEqual([
      { line: 1, fields: { sku: 1 } },
      { line: 2, fields: { sku: 2 } },
    ]);
  });

  it('says what stands where an item should', async () => {
    const records = await recordsOf('null.jsonl', 'null\n[]\n7', 'jsonl');
    const said = records.map((record) => ('problem' in record ? record.problem.message : ''));
    expect(said).toEqual(
      ['null', 'a list', 'a number'].map((kind) => expect.stringContaining(`expected a JSON object, got ${kind}`)),
    );
  });

  it('reads CSV with quotes, a byte order mark and rows of the wrong length', async () => {
    const records = await recordsOf('items.csv', '\uFEFFsku,make\n1,"a, b"\n2,c,d\n3,e\n', 'csv');
    expect(records[0]).toMatchObject({ fields: { sku: '1', make: 'a, b' } });
    expect(records.at(-1)).toMatchObject({ fields: { sku: '3', make: 'e' } });
  });

  it('takes a record for what it is, whatever its fields are called', async () => {
    const [record] = await recordsOf('items.jsonl', '{"code":"INVALID_ITEM","message":"a poster"}', 'jsonl');
    expect(record).toEqual({ line: 1, fields: { code: 'INVALID_ITEM', message: 'a poster' } });
  });

  it.each([
    ['a quote that is not closed', '2,"b', /Quote Not Closed/],
    ['a quote within a value', '2,sofa 5" wide', /Invalid Opening Quote.* line 3/],
  ])('refuses a CSV file that cannot be read beyond %s, rather than take a part for all', async (_, row, reason) => {
    const rest = Array.from({ length: 50 }, (_row, i) => `${i + 3},more`);
    const reading = recordsOf('items.csv', ['sku,make', '1,a', row, ...rest].join('\n'), 'csv');
    await expect(reading).rejects.toMatchObject({ code: 'INVALID_CATALOGUE', message: expect.stringMatching(reason) });
  });

  it.each(['csv', 'jsonl'] as const)('refuses %s that breaks off in the middle', async (format) => {
    const source = Readable.from(breakingOff(format === 'csv' ? ['sku\n', '1\n'] : ['{"sku":1}\n']));
    const reading = readAll(readRecords(source, format, 'INVALID_CATALOGUE'));
    await expect(reading).rejects.toMatchObject({ code: 'INVALID_CATALOGUE', message: expect.stringMatching(/EIO/) });
  });

  it('names a file that is not there', async () => {
    const reading = readItems({ items: { file: '/nowhere/items.jsonl', format: 'jsonl' } }).next();
    await expect(reading).rejects.toMatchObject({ code: 'INVALID_CATALOGUE' });
  });
});

describe('pictures', () => {
  it('never come from outside the picture folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medley-pictures-'));
    await mkdir(join(folder, 'inside'));
    await writeFile(join(folder, 'secret.jpg'), 'secret');
    await writeFile(join(folder, 'inside', 'open.jpg'), 'open');
    await symlink(join(folder, 'secret.jpg'), join(folder, 'inside', 'link.jpg'));
    const source = pictureSource({ folder: join(folder, 'inside') });
    expect(Buffer.from(await source('open.jpg')).toString()).toBe('open');
    for (const name of ['../secret.jpg', 'link.jpg', 'missing.jpg', '.'])
      await expect(source(name)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
    await expect(source('file:///etc/passwd')).rejects.toMatchObject({ code: 'IMAGE_UNREACHABLE' });
    await expect(source('https://x.example/a.jpg')).rejects.toMatchObject({ code: 'IMAGE_UNREACHABLE' });
  });
});
