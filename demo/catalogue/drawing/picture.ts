import { COLOURS, toned, type ColourName } from '../palette.ts';
import type { Random } from '../random.ts';
import { isStroke, type Figure, type Layer, type Paint, type Shade, type Shape, type Surface } from './figure.ts';
import { patternDefinition, type PatternName } from './pattern.ts';
import { round } from './round.ts';
import { TEXTURES, type MaterialName, type Texture } from './texture.ts';

/** What one picture shows. */
export interface Look {
  readonly shape: Shape;
  readonly colour: ColourName;
  readonly pattern: PatternName;
  readonly material: MaterialName;
  readonly patternScale: number;
  /** Things that lie or stand turned now and then face the other way. */
  readonly turns: boolean;
}

/** Draws an item as an SVG of 256 by 256 units; the chance given decides angle, proportion and backdrop. */
export function drawPicture(look: Look, random: Random): string {
  const figure = look.shape(random);
  const texture: Texture = TEXTURES[look.material];
  const layers = figure.layers.map((layer) => drawn(layer, look, texture)).join('');
  const turned = look.turns && random.chance(0.4) ? 'matrix(-1 0 0 1 256 0)' : '';
  const lean = figure.stand.on === 'wall' ? random.between(-3, 3) : random.between(-0.8, 0.8);
  const size = look.turns && figure.stand.on === 'wall' ? random.between(0.98, 1.06) : random.between(0.92, 1);
  const placed = `translate(128 132) scale(${round(size)}) rotate(${round(lean)}) translate(-128 -128)`;
  const silhouette = figure.layers.map(outline).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" height="256"><defs>${definitions(look, texture, random)}</defs>` +
    `${backdrop(figure, random)}<g transform="${placed}">${castShadow(figure, silhouette)}<g transform="${turned}">${layers}</g></g></svg>`
  );
}

function definitions(look: Look, texture: Texture, random: Random): string {
  const { print, accent, backdrop: wall } = COLOURS[look.colour];
  const [width, height] = texture.size;
  const tinted = random.chance(0.5) ? wall : '#f5f5f3';
  const shine = texture.gloss;
  return (
    `<radialGradient id="wall" cx=".5" cy=".42" r=".8"><stop offset="0" stop-color="${toned(tinted, 0.55)}"/><stop offset="1" stop-color="${toned(tinted, -0.035)}"/></radialGradient>` +
    `<radialGradient id="floor"><stop offset="0" stop-opacity=".34"/><stop offset=".6" stop-opacity=".13"/><stop offset="1" stop-opacity="0"/></radialGradient>` +
    gradient('round', 'x2="1" y2="0"', [
      [0, '#000', 0.2],
      [0.22, '#fff', 0.1 + shine * 0.3],
      [0.34, '#fff', 0.06 + shine * 0.72],
      [0.46, '#fff', 0.02],
      [0.7, '#000', 0.07],
      [1, '#000', 0.3],
    ]) +
    gradient('top', 'x2="0" y2="1"', [
      [0, '#fff', 0.2 + shine * 0.3],
      [0.35, '#fff', 0.02],
      [1, '#000', 0.22],
    ]) +
    gradient('soft', 'x2="1" y2="1"', [
      [0, '#fff', 0.14 + shine * 0.2],
      [0.5, '#fff', 0],
      [1, '#000', 0.13],
    ]) +
    `<pattern id="texture" width="${width}" height="${height}" patternUnits="userSpaceOnUse">${texture.tile}</pattern>` +
    `<filter id="blur" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="5"/></filter>` +
    patternDefinition(look.pattern, {
      ink: print,
      accent,
      scale: round(look.patternScale * random.between(0.9, 1.15)),
      angle: patternAngle(look.pattern, random),
    })
  );
}

function patternAngle(pattern: PatternName, random: Random): number {
  if (pattern === 'stripes') return random.pick([0, 0, 90, 45]);
  if (pattern === 'check') return random.pick([0, 0, 45]);
  return round(random.between(-6, 6));
}

function gradient(id: string, direction: string, stops: readonly (readonly [number, string, number])[]): string {
  const inner = stops
    .map(([at, colour, opacity]) => `<stop offset="${at}" stop-color="${colour}" stop-opacity="${round(opacity)}"/>`)
    .join('');
  return `<linearGradient id="${id}" x1="0" y1="0" ${direction}>${inner}</linearGradient>`;
}

function backdrop(figure: Figure, random: Random): string {
  const wall = '<rect width="256" height="256" fill="url(#wall)"/>';
  if (figure.stand.on === 'wall' || !random.chance(0.4)) return wall;
  const y = round(figure.stand.y - random.between(14, 22));
  return `${wall}<rect y="${y}" width="256" height="${256 - y}" fill="#000" fill-opacity=".035"/>`;
}

function castShadow({ stand }: Figure, silhouette: string): string {
  if (stand.on === 'wall') return `<g transform="translate(3 6)" opacity=".2" filter="url(#blur)">${silhouette}</g>`;
  return `<ellipse cx="128" cy="${round(stand.y)}" rx="${round(stand.width * 1.16)}" ry="13" fill="url(#floor)"/>`;
}

function outline(layer: Layer): string {
  return isStroke(layer)
    ? `<path d="${layer.d}" fill="none" stroke="#000" stroke-width="${layer.width}"/>`
    : layer.paint === 'glow'
      ? ''
      : `<path d="${layer.d}"/>`;
}

function drawn(layer: Layer, look: Look, texture: Texture): string {
  const colour = painted(layer.paint, look);
  if (isStroke(layer)) return pen(layer, colour);
  const opacity =
    layer.paint === 'glow'
      ? 0.8
      : layer.paint === 'dark' && layer.shade === undefined
        ? 0.88
        : glassy(layer.paint, look);
  const fill = `<path d="${layer.d}" fill="${colour}" fill-opacity="${opacity}"/>`;
  return (
    fill + coated(layer, look, texture) + shaded(layer.d, layer.shade ?? 'none') + edge(layer.d, colour, layer.paint)
  );
}

const glassy = (paint: Paint, look: Look): number =>
  look.material === 'glass' && (paint === 'body' || paint === 'deep') ? 0.62 : 1;

function pen(layer: Extract<Layer, { width: number }>, colour: string): string {
  const faint = layer.paint === 'dark' && layer.width < 2 ? 0.34 : layer.paint === 'glow' ? 0.5 : 1;
  const dash = layer.dash ? ` stroke-dasharray="${layer.dash}"` : '';
  return `<path d="${layer.d}" fill="none" stroke="${colour}" stroke-opacity="${faint}" stroke-width="${round(layer.width)}" stroke-linecap="round" stroke-linejoin="round"${dash}/>`;
}

/** Pattern and material lie on the item's own colour only. */
function coated({ d, paint }: Surface, look: Look, texture: Texture): string {
  if (paint !== 'body' && paint !== 'deep') return '';
  const printed = look.pattern === 'plain' ? '' : `<path d="${d}" fill="url(#print)"/>`;
  return texture.tile ? `${printed}<path d="${d}" fill="url(#texture)"/>` : printed;
}

const shaded = (d: string, shade: Shade): string => (shade === 'none' ? '' : `<path d="${d}" fill="url(#${shade})"/>`);

function edge(d: string, colour: string, paint: Paint): string {
  return paint === 'glow'
    ? ''
    : `<path d="${d}" fill="none" stroke="${toned(colour, -0.42)}" stroke-opacity=".42" stroke-width=".9" stroke-linejoin="round"/>`;
}

function painted(paint: Paint, look: Look): string {
  const { hex, print, accent } = COLOURS[look.colour];
  const colours: Readonly<Record<Paint, string>> = {
    body: hex,
    deep: toned(hex, -0.1),
    accent,
    print,
    inside: toned(hex, -0.5),
    sole: '#f4f1ea',
    wood: look.colour === 'brown' || look.colour === 'natural' ? '#5d3f28' : '#b98a58',
    metal: '#a8a49c',
    glow: '#fff3cf',
    dark: toned(hex, -0.62),
    leaf: '#8f9a6b',
  };
  return colours[paint];
}
