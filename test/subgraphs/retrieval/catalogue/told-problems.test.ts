import { describe, expect, it } from '@jest/globals';
import { parseCatalogue } from '../../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { checkItem } from '../../../../subgraphs/retrieval/catalogue/reading/item-check.ts';

describe('a catalogue file that is wrong', () => {
  it.each([
    [{ name: 'my shop' }, 'name: letters, digits, _ and - were expected, 80 at most, "my shop" came'],
    [{ items: { file: 'a.xml', format: 'xml' } }, 'items.format: one of jsonl, ndjson, csv was expected, "xml" came'],
    [{ fields: { id: 'sku' } }, /fields\.title: the name of a field of the source, .* was expected, nothing came/],
    [
      { attributes: { size: 'integer' } },
      /attributes\.size: string, number, boolean or date, .* expected, "integer" came/,
    ],
    [{ fields: { id: 'sku', title: 'name', colour: 'c' } }, 'fields: nothing called colour is known here'],
  ])('says what came and what was expected', (wrong, message) => {
    const right = { name: 'shop', items: { file: 'a.jsonl' }, fields: { id: 'sku', title: 'name' } };
    expect(() => parseCatalogue(JSON.stringify(right))).not.toThrow();
    expect(() => parseCatalogue(JSON.stringify({ ...right, ...wrong }))).toThrow(message);
  });
});

describe('an item that is wrong', () => {
  it.each([
    [{ title: ' ' }, 'title: a text that is not blank was expected, " " came'],
    [{ title: 'x'.repeat(2001) }, 'title: at most 2000 characters were expected, 2001 came'],
    [{ category: Array(21).fill('x') }, 'category: at most 20 values were expected, 21 came'],
    [{ category: 'Hats' }, 'category: a list was expected, "Hats" came'],
    [{ inStock: 'yes' }, 'inStock: true or false was expected, "yes" came'],
    [{ popularity: -1 }, 'popularity: a number of at least 0 was expected, -1 came'],
    [{ price: { amount: '9', currency: 'EUR' } }, 'price.amount: a number was expected, "9" came'],
    [{ createdAt: 'yesterday' }, /^createdAt: .* was expected, such as 2026-01-31 .*, "yesterday" came/],
  ])('is refused with what came and what was expected', (wrong, message) => {
    expect(() => checkItem({ id: 'a', title: 'b', ...wrong }, {})).toThrow(message);
  });
});
