import { describe, expect, it } from '@jest/globals';
import { asJson, verdict } from './present.ts';
import type { RowReport } from './relevance-row.ts';
import { liesAbove, reaches, showsNothing, standing } from './standing.ts';

const LIFT = { value: 0.21, low: 0.14, high: 0.3 };
const NOTHING = { value: -0.001, low: -0.01, high: 0.01 };

function report(goal: number, control = NOTHING): RowReport {
  return {
    metric: 'relative lift',
    result: LIFT,
    baselines: { random: -0.9 },
    control: { name: 'pictures handed around', result: control },
    n: 120,
    goal,
    ...standing([reaches(LIFT, goal), liesAbove(LIFT, 'the lift'), showsNothing(control)]),
    arms: [],
    notes: [],
  };
}

const row = { name: 'colours', claim: '', needs: [], run: () => Promise.reject(new Error('not run')) };

describe('a claim', () => {
  it('is reproduced where the goal is reached, the sign is beyond doubt and the control shows nothing', () => {
    expect(report(0.189)).toMatchObject({ reproduced: true, missed: [] });
    expect(verdict(report(0.189))).toBe('relative lift: .210 [.140, .300], n = 120, goal .189: reproduced.');
  });

  it('says what keeps it from being reproduced', () => {
    const { reproduced, missed } = report(0.25, LIFT);
    expect(reproduced).toBe(false);
    expect(missed).toEqual(['the goal is missed by .040', 'the control shows something: it lies above .000']);
    expect(verdict(report(0.25))).toContain('not reproduced: the goal is missed by .040');
  });
});

describe('a row as JSON', () => {
  it('is one line with value, interval, baselines, control, seed and goal, and why where it was not reproduced', () => {
    const line = asJson(row, report(0.25));
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      name: 'colours',
      metric: 'relative lift',
      value: 0.21,
      interval: [0.14, 0.3],
      baselines: { random: -0.9 },
      control: { name: 'pictures handed around', value: -0.001, interval: [-0.01, 0.01] },
      n: 120,
      seed: 20_261_121,
      goal: 0.25,
      reproduced: 'no',
      why: 'the goal is missed by .040',
    });
  });
});
