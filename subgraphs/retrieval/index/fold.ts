import { straightApostrophes } from '../../../src/vocabulary/straight-apostrophes.ts';
import { foldedLetter } from './folded-letters.ts';

/** Lower case without accents, in the letters of English where it has one that looks so. */
export function fold(text: string): string {
  const straight = straightApostrophes(text);
  if (isPlain(straight)) return straight.toLowerCase();
  const plain = straight.replaceAll(TIMES, 'x').replaceAll(UNSEEN, '').replaceAll(FRACTION, ' $&').normalize('NFKD');
  const bare = FAR.test(plain) ? withoutAccents(plain) : plain.replaceAll(/\p{M}/gu, '');
  return bare.toLowerCase().replaceAll(/[^\0-\x7f]/gu, foldedLetter);
}

/** Whether a text is folded letter by letter. */
export function isPlain(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** Between numbers. */
const TIMES = /(?<=\d\s?)×(?=\s?\d)/gu;
/** 8½ is no 81⁄2. Parted wherever it stands, so that each letter is folded as in any other place. */
const FRACTION = /[¼-¾⅐-⅞↉]/gu;
/** Soft hyphens and other marks that no reader sees. */
const UNSEEN = /[\u00ad\u200d-\u200f\u2060\ufeff]/gu;
/** Of scripts in which a mark may be more than an accent: those from Devanagari on. */
const FAR = /[\u0900-\u1aff\u3041-\u30ff]/u;

/** What a word is not the same without stays: the vowels of India and of South East Asia, and what makes another kana of one. */
function withoutAccents(decomposed: string): string {
  return decomposed
    .replaceAll(ACCENT, '')
    .replaceAll(VOICED, (kana) => kana.normalize('NFC'))
    .replaceAll(AM, ([mark]) => (mark === '\u0e4d' ? '\u0e33' : '\u0eb3'));
}

const ACCENT =
  /[\p{M}--[\u3099\u309a\p{sc=Beng}\p{sc=Deva}\p{sc=Gujr}\p{sc=Guru}\p{sc=Khmr}\p{sc=Knda}\p{sc=Laoo}\p{sc=Mlym}\p{sc=Mymr}\p{sc=Orya}\p{sc=Sinh}\p{sc=Taml}\p{sc=Telu}\p{sc=Thai}\p{sc=Tibt}]]/gv;
const VOICED = /[\u3041-\u30ff][\u3099\u309a]/gu;
/** A vowel of Thai and of Lao that decomposition takes apart, and no dictionary knows so. */
const AM = /\u0e4d\u0e32|\u0ecd\u0eb2/gu;
