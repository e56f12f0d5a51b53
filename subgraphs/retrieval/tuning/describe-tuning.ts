import { alignedColumns } from '../../../src/runtime/aligned-columns.ts';
import { SIGNALS } from '../../../src/vocabulary/signal.ts';
import { describeLift } from '../measures/describe-lift.ts';
import { AS_IT_IS } from './arms.ts';
import type { JudgedArm } from './judged-arm.ts';
import type { Tuning } from './tune.ts';

const FIGURES = { align: 'right' } as const;
const COLUMNS = [{}, FIGURES, FIGURES, FIGURES];

/** The table of a tuning, as a product manager reads it. */
export function describeTuning({ measure, tunedOn, heldOut, arms, before, profile, better }: Tuning): string {
  const rows = arms.map((arm) => [arm.name, arm.figure.toFixed(3), liftOf(arm), percent(arm.unjudged)]);
  const moved = SIGNALS.map((signal) => {
    const [from, to] = [before.signals[signal].prior, profile.signals[signal].prior];
    return from === to ? `${signal} ${to}` : `${signal} ${from} -> ${to}`;
  });
  return [
    `${heldOut} held-out queries; weights were chosen on ${tunedOn} others.`,
    '',
    ...alignedColumns([['', measure, `lift over ${AS_IT_IS} (95 %)`, 'unjudged in the top 10'], ...rows], COLUMNS, 3),
    '',
    `Priors: ${moved.join(', ')}.`,
    better ? 'Better than what you have.' : 'Not better than what you have: keep it.',
  ].join('\n');
}

function liftOf({ name, lift }: JudgedArm): string {
  return name === AS_IT_IS ? '' : describeLift(lift);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
