import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alignedColumns, cut, width } from '../../src/runtime/aligned-columns.ts';

describe('columns for a terminal', () => {
  it('are aligned by what they look like there', () => {
    const rows = [
      ['query', 'searches'],
      ['café', '7'],
      ['cafe\u0301', '12'],
      ['靴', '3'],
      ['👟👟', '1'],
    ];
    expect(alignedColumns(rows, [{}, { align: 'right' }])).toEqual([
      'query  searches',
      'café          7',
      'cafe\u0301         12',
      '靴            3',
      '👟👟          1',
    ]);
  });

  it('are cut between letters, never inside of one', () => {
    expect(cut('cafe\u0301 au lait', 5)).toBe('cafe\u0301…');
    expect(cut('紅色の靴', 6)).toBe('紅色…');
    expect(cut('👩‍👩‍👧 family', 4)).not.toContain('\ufffd');
    expect(cut('short', 5)).toBe('short');
  });

  it('are never wider than they may be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        expect(width(cut(text, most))).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('hold nothing that moves the cursor, colours the terminal or turns the reading round', () => {
    expect(cut('red\u001b[2J\u202e\u0007\nmug')).toBe('red [2J   mug');
  });
});
