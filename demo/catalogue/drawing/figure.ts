import type { Random } from '../random.ts';

/** What a layer is painted with; the item's colour decides what that looks like. */
export type Paint =
  'body' | 'deep' | 'accent' | 'inside' | 'sole' | 'wood' | 'metal' | 'glow' | 'dark' | 'print' | 'leaf';

/** How light falls on a layer. */
export type Shade = 'round' | 'top' | 'soft' | 'none';

/** A filled shape. The item's pattern and texture go on `body` and `deep` only. */
export interface Surface {
  readonly d: string;
  readonly paint: Paint;
  readonly shade?: Shade;
}

/** A seam, a lace, a handle: drawn with a pen of a width. */
export interface Stroke {
  readonly d: string;
  readonly paint: Paint;
  readonly width: number;
  readonly dash?: string;
}

export type Layer = Surface | Stroke;

/** Where the thing is: standing on a floor at a height, lying flat or hanging before a wall. */
export type Stand = { readonly on: 'floor'; readonly y: number; readonly width: number } | { readonly on: 'wall' };

export interface Figure {
  readonly layers: readonly Layer[];
  readonly stand: Stand;
}

/** Draws one kind of thing, a little different each time. */
export type Shape = (random: Random) => Figure;

/** Shapes by the word a shop has for them. */
export type Shapes = Readonly<Record<string, Shape>>;

export function isStroke(layer: Layer): layer is Stroke {
  return 'width' in layer;
}
