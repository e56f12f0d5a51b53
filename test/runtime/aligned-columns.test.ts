import { describe, expect, it } from '@jest/globals';
import { alignedColumns } from '../../src/runtime/aligned-columns.ts';

function cut(text: string, most: number): string | undefined {
  return alignedColumns([[text]], [{ most }])[0];
}

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
    expect(cut('short', 5)).toBe('short');
  });

  it('hold nothing that moves the cursor, colours the terminal or turns the reading round', () => {
    expect(cut('red\u001b[2J\u202e\u0007\nmug', 20)).toBe('red [2J   mug');
  });
});
