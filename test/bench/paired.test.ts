import { describe, expect, it } from '@jest/globals';
import { paired, spread } from './paired.ts';

describe('the bench', () => {
  it('asks both sides by turns, each first as often as the other, and tells the turns after warming up', async () => {
    const asked: string[] = [];
    const ask = (side: string) => (turn: number) => {
      asked.push(`${side}${turn}`);
      return turn;
    };
    const measured = await paired({ medley: ask('a'), beside: ask('b'), check: expectSame }, { turns: 2, warmUp: 2 });
    expect(asked).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2', 'b3', 'a3']);
    expect(measured.ratio.low).toBeLessThanOrEqual(measured.ratio.high);
  });

  it('fails where an answer is wrong, also while it warms up', async () => {
    const wrongAt = (bad: number) =>
      paired(
        { medley: (turn) => turn, beside: (turn) => (turn === bad ? -1 : turn), check: expectSame },
        {
          turns: 3,
          warmUp: 2,
        },
      );
    await expect(wrongAt(0)).rejects.toThrow();
    await expect(wrongAt(4)).rejects.toThrow();
    await expect(wrongAt(5)).resolves.toBeDefined();
  });

  it('tells the median with the middle half around it', () => {
    expect(spread([9, 1, 3, 2, 100])).toEqual({ median: 3, low: 2, high: 9 });
    expect(spread([4, 1])).toEqual({ median: 2.5, low: 1.75, high: 3.25 });
  });
});

function expectSame(a: number, b: number): void {
  expect(a).toBe(b);
}
