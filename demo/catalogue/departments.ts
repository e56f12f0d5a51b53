import type { Department } from './department.ts';
import { BAGS } from './shapes/bags.ts';
import { BOOTS } from './shapes/boots.ts';
import { CHAIRS } from './shapes/chairs.ts';
import { DRESSES } from './shapes/dresses.ts';
import { HATS } from './shapes/hats.ts';
import { LAMPS } from './shapes/lamps.ts';
import { MUGS } from './shapes/mugs.ts';
import { RUGS } from './shapes/rugs.ts';
import { SHIRTS } from './shapes/shirts.ts';
import { SNEAKERS } from './shapes/sneakers.ts';
import { SOFAS } from './shapes/sofas.ts';
import { VASES } from './shapes/vases.ts';

const seasons = { attribute: 'season', values: ['spring', 'summer', 'autumn', 'winter'] } as const;
const rooms = { attribute: 'room', values: ['living room', 'bedroom', 'hallway', 'study'] } as const;

/** The twelve departments of the demo shop. */
export const DEPARTMENTS: readonly [Department, ...Department[]] = [
  {
    path: ['Clothing', 'Dresses'],
    shapes: DRESSES,
    materials: ['cotton', 'linen', 'silk', 'wool', 'denim'],
    patterns: ['plain', 'floral', 'dots', 'stripes', 'botanical', 'check'],
    patternScale: 0.95,
    brands: ['Maren & Elio', 'Ostara', 'Pellworm', 'Lune Atelier'],
    price: [49, 239],
    use: seasons,
    praise: ['falls softly from the waist', 'moves well and never clings', 'goes from desk to dinner', 'packs without a crease', 'has pockets deep enough for a phone'],
    turns: true,
  },
  {
    path: ['Clothing', 'Shirts'],
    shapes: SHIRTS,
    materials: ['cotton', 'linen', 'denim', 'wool', 'silk'],
    patterns: ['plain', 'stripes', 'check', 'dots', 'botanical', 'chevron'],
    patternScale: 0.8,
    brands: ['Ostara', 'Nordhagen', 'Pellworm', 'Fennick'],
    price: [25, 129],
    use: seasons,
    praise: ['keeps its shape wash after wash', 'is cut a little roomy in the shoulder', 'layers under anything', 'stays cool in the afternoon', 'is made to be worn open or closed'],
    turns: true,
  },
  {
    path: ['Shoes', 'Sneakers'],
    shapes: SNEAKERS,
    materials: ['canvas', 'leather', 'suede', 'wool', 'nylon'],
    patterns: ['plain', 'plain', 'check', 'dots', 'speckled', 'stripes'],
    patternScale: 0.75,
    brands: ['Strider', 'Kappel', 'Fennick', 'Oa'],
    price: [55, 179],
    use: { attribute: 'usage', values: ['everyday', 'running', 'court', 'travel'] },
    praise: ['is light enough to forget', 'has a sole that forgives long days', 'grips wet pavement', 'needs no breaking in', 'comes with a spare pair of laces'],
    turns: true,
  },
  {
    path: ['Shoes', 'Boots'],
    shapes: BOOTS,
    materials: ['leather', 'suede', 'rubber', 'canvas'],
    patterns: ['plain', 'plain', 'plain', 'dots', 'check', 'floral'],
    patternScale: 0.75,
    brands: ['Kappel', 'Tarn & Fell', 'Strider', 'Brackwater'],
    price: [79, 289],
    use: seasons,
    praise: ['shrugs off a wet week', 'can be resoled for years', 'holds the ankle without pinching', 'is lined to the toe', 'gets better with every winter'],
    turns: true,
  },
  {
    path: ['Accessories', 'Bags'],
    shapes: BAGS,
    materials: ['leather', 'canvas', 'straw', 'nylon', 'suede'],
    patterns: ['plain', 'plain', 'stripes', 'dots', 'check', 'floral', 'botanical'],
    patternScale: 0.95,
    brands: ['Lune Atelier', 'Brackwater', 'Fennick', 'Sol & Rye'],
    price: [39, 319],
    use: { attribute: 'usage', values: ['everyday', 'work', 'travel', 'evening'] },
    praise: ['swallows a laptop and lunch', 'has a pocket where you look for it', 'wears its scratches well', 'stands on its own', 'closes with a quiet magnet'],
    turns: true,
  },
  {
    path: ['Accessories', 'Hats'],
    shapes: HATS,
    materials: ['wool', 'straw', 'cotton', 'canvas', 'suede'],
    patterns: ['plain', 'plain', 'stripes', 'check', 'dots', 'floral'],
    patternScale: 0.8,
    brands: ['Sol & Rye', 'Nordhagen', 'Tarn & Fell', 'Pellworm'],
    price: [19, 99],
    use: seasons,
    praise: ['folds flat into a pocket', 'keeps low sun out of your eyes', 'never itches', 'stays put in the wind', 'is blocked by hand'],
    turns: true,
  },
  {
    path: ['Furniture', 'Sofas'],
    shapes: SOFAS,
    materials: ['velvet', 'linen', 'leather', 'bouclé', 'wool'],
    patterns: ['plain', 'plain', 'plain', 'stripes', 'check', 'floral'],
    patternScale: 0.85,
    brands: ['Hald', 'Verso Home', 'Brigg & Daughters', 'Lodestone'],
    price: [690, 2890],
    use: { attribute: 'room', values: ['living room', 'study', 'hallway'] },
    praise: ['is deep enough for two and a dog', 'has covers that come off to wash', 'sits firm and stays firm', 'fits through a narrow door', 'is sprung like its grandparents were'],
    turns: false,
  },
  {
    path: ['Furniture', 'Chairs'],
    shapes: CHAIRS,
    materials: ['oak', 'rattan', 'velvet', 'linen', 'leather', 'bouclé'],
    patterns: ['plain', 'plain', 'plain', 'stripes', 'check', 'botanical'],
    patternScale: 0.75,
    brands: ['Hald', 'Lodestone', 'Verso Home', 'Juniper Works'],
    price: [89, 690],
    use: { attribute: 'room', values: ['dining room', 'living room', 'study', 'bedroom'] },
    praise: ['is comfortable past the second course', 'stacks in fours', 'rocks by a finger and no more', 'is joined without a screw', 'sits well in a corner'],
    turns: true,
  },
  {
    path: ['Home', 'Lamps'],
    shapes: LAMPS,
    materials: ['linen', 'paper', 'glass', 'ceramic', 'metal', 'rattan'],
    patterns: ['plain', 'plain', 'plain', 'stripes', 'dots', 'chevron', 'botanical'],
    patternScale: 0.7,
    brands: ['Lumen Nord', 'Verso Home', 'Juniper Works', 'Kiln & Co'],
    price: [39, 349],
    use: rooms,
    praise: ['gives a warm, even light', 'dims to a candle', 'has a cord long enough for once', 'makes a late evening of any room', 'takes an ordinary bulb'],
    turns: false,
  },
  {
    path: ['Home', 'Rugs'],
    shapes: RUGS,
    materials: ['wool', 'jute', 'cotton', 'bouclé'],
    patterns: ['stripes', 'chevron', 'check', 'floral', 'dots', 'plain', 'botanical'],
    patternScale: 1.5,
    brands: ['Verso Home', 'Atlas Loom', 'Hald', 'Sol & Rye'],
    price: [59, 790],
    use: rooms,
    praise: ['lies flat from the first day', 'hushes an echoing room', 'hides crumbs with grace', 'is tied by two pairs of hands', 'is soft under bare feet'],
    turns: false,
  },
  {
    path: ['Home', 'Mugs'],
    shapes: MUGS,
    materials: ['ceramic', 'stoneware', 'enamel', 'glass'],
    patterns: ['plain', 'speckled', 'stripes', 'dots', 'floral', 'check'],
    patternScale: 0.85,
    brands: ['Kiln & Co', 'Oa', 'Juniper Works', 'Tarn & Fell'],
    price: [9, 39],
    use: { attribute: 'usage', values: ['coffee', 'tea', 'cocoa', 'camping'] },
    praise: ['holds exactly one good coffee', 'keeps warm through a long call', 'has a handle for three fingers', 'goes in the dishwasher', 'feels thrown, not cast'],
    turns: true,
  },
  {
    path: ['Home', 'Vases'],
    shapes: VASES,
    materials: ['ceramic', 'stoneware', 'glass', 'terracotta', 'rattan'],
    patterns: ['plain', 'plain', 'speckled', 'stripes', 'chevron', 'floral', 'dots'],
    patternScale: 0.9,
    brands: ['Kiln & Co', 'Lumen Nord', 'Atlas Loom', 'Oa'],
    price: [19, 149],
    use: rooms,
    praise: ['looks finished even when empty', 'takes one branch or thirty tulips', 'is glazed inside and watertight', 'has a foot that does not scratch', 'throws a good shadow'],
    turns: true,
  },
];
