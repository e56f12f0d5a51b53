import { describe, expect, it } from '@jest/globals';
import { asJson, controlCell, controlLine, verdict } from './present.ts';
import { shown } from './control.ts';
import type { RowReport } from './relevance-row.ts';
import { liesAbove, reaches, showsNoGain, standing } from './standing.ts';

const LIFT = { value: 0.21, low: 0.14, high: 0.3 };
const NOTHING = { value: -0.001, low: -0.01, high: 0.01 };

const HARM = { value: -0.029, low: -0.051, high: -0.01 };

function report(goal: number, shuffled = NOTHING): RowReport {
  const control = { name: 'pictures handed around', result: shuffled };
  return {
    metric: 'relative lift',
    result: LIFT,
    baselines: { random: -0.9 },
    control,
    n: 120,
    goal,
    ...standing([reaches(LIFT, goal), liesAbove(LIFT, 'the lift'), showsNoGain(control)]),
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

describe('a control', () => {
  it('that does harm leaves a claim standing, and is told wherever the claim is', () => {
    const harmed = report(0.189, HARM);
    expect(harmed.reproduced).toBe(true);
    expect(verdict(harmed)).toBe(
      'relative lift: .210 [.140, .300], n = 120, goal .189: reproduced, with a control that does harm.',
    );
    expect(controlLine(harmed)).toContain('-.029 [-.051, -.010]. It lies below .000 beyond noise');
    expect(controlCell(harmed)).toBe('-.029 (harm)');
    expect(JSON.parse(asJson(row, harmed))).toMatchObject({ reproduced: 'yes', control: { shows: 'harm' } });
  });

  it('within noise is told by its figure alone', () => {
    expect(controlLine(report(0.189))).toBe('Control, pictures handed around: -.001 [-.010, .010].');
    expect(controlCell(report(0.189))).toBe('-.001');
  });

  it('is measured against what chance gives', () => {
    const control = { name: 'photos handed around', result: { value: 0.06, low: 0.04, high: 0.08 } };
    expect([0.01, 0.05, 0.09].map((chance) => shown({ ...control, chance }))).toEqual(['gain', 'nothing', 'harm']);
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
      control: { name: 'pictures handed around', value: -0.001, interval: [-0.01, 0.01], chance: 0, shows: 'nothing' },
      n: 120,
      seed: 20_261_121,
      goal: 0.25,
      reproduced: 'no',
      why: 'the goal is missed by .040',
    });
  });
});
