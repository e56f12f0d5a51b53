import { withinOneEdit } from './resident/one-edit.ts';

/** Takes off an English plural, after the S stemmer (Harman 1991) with the endings that it leaves wrong in a shop. */
export function stem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular) return irregular;
  if (word.length < 4 || !word.endsWith('s') || /(?:us|ss|^this)$/.test(word)) return word;
  if (word.length > 4 && /[^ae]ies$/.test(word) && !IN_IE.has(word.slice(0, -1))) return `${word.slice(0, -3)}y`;
  if (/(?:scar|shel|lea|hal|wol|loa|thie|dwar|^el|^cal)ves$/.test(word)) return `${word.slice(0, -3)}f`;
  if (/(?:kni|wi|(?<!^o)li)ves$/.test(word)) return `${word.slice(0, -3)}fe`;
  if (/(?:ss|sh|ch|x|zz)es$/.test(word)) return word.slice(0, -2);
  if (/oes$/.test(word) && !IN_OE.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** A word, its singular and its plurals, those that few write last: all of them are read as the same term. */
export function inEitherNumber(word: string): readonly string[] {
  const one = stem(word);
  const irregular = [...IRREGULAR].filter(([, singular]) => singular === one).map(([plural]) => plural);
  const regular = [ENDINGS.reduce(withEnding, one), /(?:[sxz]|[cs]h)$/.test(one) ? `${one}es` : `${one}s`];
  return [...new Set([word, one, ...irregular, ...regular.filter((many) => stem(many) === one)])];
}

const ENDINGS = [
  [/([^aeiou])y$/, '$1ies'],
  [/fe?$/, 'ves'],
  [/o$/, 'oes'],
] as const;

function withEnding(word: string, [singular, plural]: (typeof ENDINGS)[number]): string {
  return word.replace(singular, plural);
}

/**
 * What a word with one slip may be where it is no slip of its singular: of plurals that are not the singular with an s, those that two
 * letters have to be swapped for (wacthes: watch), and of irregular ones those that one slip parts from it (wommen: woman).
 */
export function singularsMeant(word: string): readonly string[] {
  const swapped = Array.from({ length: Math.max(0, word.length - 2) }, (_, before) => {
    const at = before + 1;
    return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  });
  const regular = swapped.filter((one) => one !== `${stem(one)}s`).map(stem);
  const irregular = [...IRREGULAR].filter(([plural]) => withinOneEdit(plural, word)).map(([, singular]) => singular);
  return [...new Set([...regular.filter((one) => !swapped.includes(one)), ...irregular])];
}

/** Also as they are written without the apostrophe. */
const IRREGULAR = new Map(
  Object.entries({
    women: 'woman',
    womens: 'woman',
    men: 'man',
    mens: 'man',
    children: 'child',
    childrens: 'child',
    feet: 'foot',
    teeth: 'tooth',
    mice: 'mouse',
    geese: 'goose',
    canvas: 'canvas',
    canvases: 'canvas',
    gases: 'gas',
    lens: 'lens',
    lenses: 'lens',
    buses: 'bus',
    hoody: 'hoodie',
  }),
);

/** Plurals that differ from their singular by the s alone: of three letters, as Porter's second stemmer has it (tie), and of shops and screens. */
const IN_IE = new Set(
  (
    'auntie beanie birdie bookie bootie bowtie brownie budgie calorie collie cookie cutie doggie eyrie foodie freebie genie goalie goodie ' +
    'groupie hippie hoodie junkie magpie movie necktie newbie nightie oldie onesie pixie prairie quickie roadie rookie scrunchie selfie ' +
    'smoothie softie sortie sweetie talkie toastie veggie yuppie zombie'
  ).split(' '),
);

const IN_OE = /(?:shoes|^(?:.|al|can|fl|ob|sl|thr|tipt|mistlet)oes)$/;
