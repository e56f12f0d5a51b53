import { round } from './round.ts';

/** The middle of every picture. */
export const MIDDLE = 128;

/** Two numbers are a line to a point, four a quadratic curve, six a cubic one; x counts from the middle. */
export type Segment = readonly number[];

/** A closed shape that is the same left and right: drawn from its right half, from the top middle down. */
export function symmetric(half: readonly Segment[]): string {
  const right = half.map((segment, at) => command(at === 0 ? 'M' : '', segment.map(shifted(1))));
  const left = half.map((_, at) => half.length - 1 - at).map((at) => returning(half, at));
  return `${right.join(' ')} ${left.join(' ')} Z`;
}

/** The way back over one segment, mirrored: its control points in the other order, towards where it began. */
function returning(half: readonly Segment[], at: number): string {
  const segment = half[at] ?? [];
  if (at === half.length - 1) {
    const across = command('L', segment.slice(-2).map(shifted(-1)));
    return at === 0 ? across : `${across} ${backTo(half, at)}`;
  }
  return at === 0 ? '' : backTo(half, at);
}

function backTo(half: readonly Segment[], at: number): string {
  const controls = pairs((half[at] ?? []).slice(0, -2))
    .reverse()
    .flat();
  const end = (half[at - 1] ?? []).slice(-2);
  return command('', [...controls, ...end].map(shifted(-1)));
}

function shifted(side: 1 | -1): (value: number, at: number) => number {
  return (value, at) => (at % 2 === 0 ? MIDDLE + side * value : value);
}

function command(letter: string, numbers: readonly number[]): string {
  const chosen = letter || { 2: 'L', 4: 'Q', 6: 'C' }[numbers.length];
  return `${chosen ?? 'L'}${numbers.map(round).join(' ')}`;
}

function pairs(numbers: readonly number[]): number[][] {
  return Array.from({ length: numbers.length / 2 }, (_, at) => numbers.slice(at * 2, at * 2 + 2));
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Radius of the corners. */
  readonly r?: number;
}

/** A rectangle with rounded corners. */
export function box({ x, y, w, h, r = 0 }: Box): string {
  const c = Math.min(r, w / 2, h / 2);
  return (
    `M${round(x + c)} ${round(y)} h${round(w - 2 * c)} q${round(c)} 0 ${round(c)} ${round(c)} v${round(h - 2 * c)} ` +
    `q0 ${round(c)} ${round(-c)} ${round(c)} h${round(2 * c - w)} q${round(-c)} 0 ${round(-c)} ${round(-c)} ` +
    `v${round(2 * c - h)} q0 ${round(-c)} ${round(c)} ${round(-c)} Z`
  );
}

/** An ellipse around a point. */
export function oval({ x, y }: { readonly x: number; readonly y: number }, rx: number, ry: number = rx): string {
  return `M${round(x - rx)} ${round(y)} a${round(rx)} ${round(ry)} 0 1 0 ${round(2 * rx)} 0 a${round(rx)} ${round(ry)} 0 1 0 ${round(-2 * rx)} 0 Z`;
}

/** A closed shape through points with straight sides. */
export function polygon(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join(' L')} Z`;
}
