import { describe, expect, it } from '@jest/globals';
import { parseCatalogue } from '../../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { checkItem } from '../../../../subgraphs/retrieval/catalogue/reading/item-check.ts';

describe('a catalogue file that is wrong', () => {
  it.each([
    [{ name: 'my shop' }, 'name: expected at most 80 letters, digits, _ and -, got "my shop"'],
    [{ items: { file: 'a.xml', format: 'xml' } }, 'items.format: expected one of jsonl, ndjson, csv, got "xml"'],
    [{ fields: { id: 'sku' } }, /fields\.title: expected the name of a field of the source, .*, got nothing/],
    [
      { attributes: { size: 'integer' } },
      /attributes\.size: expected string, number, boolean or date, .*, got "integer"/,
    ],
    [{ fields: { id: 'sku', title: 'name', colour: 'c' } }, 'fields: unknown key colour'],
  ])('says what came and what was expected', (wrong, message) => {
    const right = { name: 'shop', items: { file: 'a.jsonl' }, fields: { id: 'sku', title: 'name' } };
    expect(() => parseCatalogue(JSON.stringify(right))).not.toThrow();
    expect(() => parseCatalogue(JSON.stringify({ ...right, ...wrong }))).toThrow(message);
  });
});

describe('an item that is wrong', () => {
  it.each([
    [{ title: ' ' }, 'title: expected a text that is not blank, got " "'],
    [{ title: 'x'.repeat(2001) }, 'title: expected at most 2000 characters, got 2001'],
    [{ category: Array(21).fill('x') }, 'category: expected at most 20 values, got 21'],
    [{ category: 'Hats' }, 'category: expected a list, got "Hats"'],
    [{ inStock: 'yes' }, 'inStock: expected true or false, got "yes"'],
    [{ popularity: -1 }, 'popularity: expected a number of at least 0, got -1'],
    [{ price: { amount: '9', currency: 'EUR' } }, 'price.amount: expected a number, got "9"'],
    [{ createdAt: 'yesterday' }, /^createdAt: expected .*, such as 2026-01-31 .*, got "yesterday"/],
  ])('is refused with what came and what was expected', (wrong, message) => {
    expect(() => checkItem({ id: 'a', title: 'b', ...wrong }, {})).toThrow(message);
  });
});
