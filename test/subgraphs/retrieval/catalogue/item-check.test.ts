import { describe, expect, it } from '@jest/globals';
import { fieldValues } from '../../../../src/vocabulary/item.ts';
import { checkItem } from '../../../../subgraphs/retrieval/catalogue/reading/item-check.ts';

describe('items', () => {
  it('may have a title of 2000 characters, and attributes called like anything', () => {
    const title = 'x'.repeat(2000);
    const names = ['constructor', 'valueOf', 'toString'];
    const types = Object.fromEntries(names.map((name) => [name, 'string' as const]));
    const item = checkItem({ id: 'a', title, attributes: Object.fromEntries(names.map((name) => [name, 'x'])) }, types);
    expect(item.title).toBe(title);
    expect(names.map((name) => fieldValues(item, name))).toEqual([['x'], ['x'], ['x']]);
    expect(fieldValues(checkItem({ id: 'a', title: 'b' }, types), 'constructor')).toEqual([]);
    expect(() => checkItem({ id: 'a', title: `${title}x` }, types)).toThrow(/title: /);
  });

  it('have one number, date or truth where the catalogue says so, and no list of them', () => {
    const types = { size: 'number', on: 'date', new: 'boolean' } as const;
    const attributes = { size: ['7'], on: ['2024-01-01'], new: [true] };
    expect(checkItem({ id: 'a', title: 'b', attributes }, types).attributes).toEqual({
      size: 7,
      on: Date.UTC(2024, 0, 1),
      new: true,
    });
    const lists = { size: ['7', '8'] };
    expect(() => checkItem({ id: 'a', title: 'b', attributes: lists }, types)).toThrow(
      /size: expected one number, got \["7","8"\]/,
    );
  });

  it.each([
    '2024-02-30',
    '2024-13-01',
    '0',
    '2024-1-5',
    '2024-05-01 25:00',
    '2023-02-29T10:00:00Z',
    '2024-05-01T25:00:00Z',
  ])('are not from %s, which no calendar has or no standard writes', (date) => {
    expect(() => checkItem({ id: 'a', title: 'b', createdAt: date }, {})).toThrow(/createdAt: .*2026-01-31/);
    expect(() => checkItem({ id: 'a', title: 'b', attributes: { on: date } }, { on: 'date' })).toThrow(
      /attributes\.on/,
    );
  });

  it.each([
    '2024-02-29',
    '2024-05-01 10:00',
    '2024-05-01T10:00Z',
    '2024-05-01T10:00:00.5+02:00',
    '2024-05-01T10:00:00+0200',
  ])('may be from %s', (date) => {
    expect(checkItem({ id: 'a', title: 'b', createdAt: date }, {}).createdAt).toBe(date);
  });

  it('are refused where the id has spaces at an end, so that who reads or deletes by the same id means the same', () => {
    expect(() => checkItem({ id: ' a ', title: 'b' }, {})).toThrow(/id: .*without spaces/);
  });

  it('lose the control characters of their texts, which nobody means, and keep tabs and new lines', () => {
    const given = {
      id: 'a',
      title: 'Sun\u0000flower\fmug\u001f',
      description: 'One\r\ntwo\tthree\u0007\rfour',
      category: ['Ho\u0001me'],
      brand: '\u0000\u0001',
      attributes: { note: ['x\u0000y', 'z'], size: '\u00007', loose: 'a\u0085b', none: '\u0000' },
    };
    expect(checkItem(given, { note: 'string', size: 'number' })).toEqual({
      id: 'a',
      title: 'Sunflower mug',
      description: 'One\ntwo\tthree four',
      category: ['Home'],
      images: [],
      attributes: { note: ['xy', 'z'], size: 7, loose: 'a b' },
    });
    expect(() => checkItem({ id: 'a', title: '\u0000 \u0001' }, {})).toThrow(/title: /);
  });

  it('lose halves of characters, which no index keeps, and no whole one', () => {
    expect(checkItem({ id: 'a', title: 'Sun\ud83c mug \udfa8🎨' }, {})).toMatchObject({ title: 'Sun mug 🎨' });
  });
});
