import type { Rejection } from '../../../../src/runtime/errors.ts';

/** An item or picture that was left out, and why. `picture`: the item itself is in, without the picture. */
export interface ReportedProblem extends Rejection {
  readonly line?: number;
  readonly id?: string;
  readonly left: 'item' | 'picture';
  /** Which one, as the item names it. */
  readonly picture?: string;
}
