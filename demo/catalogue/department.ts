import type { Shapes } from './drawing/figure.ts';
import type { PatternName } from './drawing/pattern.ts';
import type { MaterialName } from './drawing/texture.ts';
import type { ColourName } from './palette.ts';

/** One of the shop's categories: what it sells, from what, and in which words. */
export interface Department {
  /** The category path, the last step being the department itself. */
  readonly path: readonly [string, string];
  readonly shapes: Shapes;
  readonly materials: readonly [MaterialName, ...MaterialName[]];
  readonly patterns: readonly [PatternName, ...PatternName[]];
  readonly patternScale: number;
  readonly brands: readonly [string, ...string[]];
  readonly price: readonly [low: number, high: number];
  /** The attribute that says when or where the thing is used, and its values. */
  readonly use: { readonly attribute: 'season' | 'room' | 'usage'; readonly values: readonly [string, ...string[]] };
  /** What descriptions say about the thing itself. */
  readonly praise: readonly [string, ...string[]];
  readonly turns: boolean;
}

/** Materials that mostly come undyed, and the colours that they then have. */
export const UNDYED: Readonly<Partial<Record<MaterialName, readonly [ColourName, ...ColourName[]]>>> = {
  straw: ['natural', 'natural', 'cream', 'brown'],
  rattan: ['natural', 'natural', 'brown', 'white'],
  oak: ['natural', 'brown', 'cream', 'black'],
  jute: ['natural', 'natural', 'cream', 'grey'],
  terracotta: ['orange', 'orange', 'brown', 'cream'],
  metal: ['grey', 'black', 'yellow', 'white'],
};
