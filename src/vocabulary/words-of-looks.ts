/*
 * English words for what a photo shows better than a title says. A catalogue in another language gets no cue from them,
 * which is no worse than no opinion.
 */
const COLOURS =
  'red blue green yellow orange purple pink brown black white grey gray beige navy teal turquoise maroon burgundy crimson ' +
  'scarlet olive khaki mustard coral salmon peach lilac lavender violet magenta cyan mint emerald gold golden silver bronze ' +
  'copper ivory cream charcoal tan rust aqua indigo fuchsia multicolour multicolor colourful colorful pastel neon dark light bright pale';
const PATTERNS =
  'striped stripes stripe checked checkered chequered plaid tartan gingham floral flowers flowery dotted dots polka spotted ' +
  'paisley geometric abstract herringbone houndstooth zigzag chevron camouflage camo leopard zebra animal tropical printed ' +
  'print pattern patterned plain solid embroidered quilted ombre';
const MATERIALS =
  'leather suede denim linen cotton wool woollen velvet silk satin lace knitted knit crochet fur fleece wooden wood oak ' +
  'walnut pine bamboo rattan wicker metal metallic steel brass glass ceramic porcelain marble stone concrete glitter shiny ' +
  'matte glossy transparent';
const SHAPES =
  'round square oval rectangular triangular heart star hexagonal curved pointed slim wide tall short long cropped sleeveless ' +
  'strapless hooded v-neck flared pleated minimalist vintage retro rustic boho';

const LOOKS = new Set([COLOURS, PATTERNS, MATERIALS, SHAPES].flatMap((words) => words.split(' ')));

/** The share of the words, in lower case, that speak of looks: 0 to 1. */
export function looksShare(words: readonly string[]): number {
  return words.length === 0 ? 0 : words.filter((word) => LOOKS.has(word)).length / words.length;
}
