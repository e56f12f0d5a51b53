import { MedleyError } from '../../runtime/errors.ts';
import type { QueryPart } from '../../vocabulary/search-request.ts';
import type { QueryPartInput, SearchInput } from './arguments.ts';
import { readId, readText } from './read-text.ts';

/** The longest words of a query, characters, and the most parts: beyond that it is a document, not a query. */
const LONGEST = 1000;
const MOST_PARTS = 16;
/** The least weight that vectors of 32-bit numbers still tell from none. */
export const LEAST_WEIGHT = 1e-6;
const MOST_WEIGHT = 100;
/** The longest address of a picture, characters: what browsers and proxies take. */
const LONGEST_URL = 2048;

/** The parts of a query, words first. Blank words are no part. Weights are neither huge nor next to 0; a negative one means less like this. */
export function readParts({ text, parts }: SearchInput): readonly QueryPart[] {
  if ((parts?.length ?? 0) > MOST_PARTS)
    throw new MedleyError(
      'INVALID_INPUT',
      `The query has ${String(parts?.length)} parts; at most ${String(MOST_PARTS)} are allowed.`,
    );
  const words = text?.trim() ? [readPart({ text, weight: 1 }, 'text')] : [];
  return [
    ...words,
    ...(parts ?? [])
      .map((part, i) => readPart(part, `parts[${String(i)}]`))
      .filter((part) => part.kind !== 'TEXT' || part.text !== ''),
  ];
}

function readPart({ text, imageUrl, imageId, itemId, weight }: QueryPartInput, where: string): QueryPart {
  const size = Math.abs(weight);
  if (!(size >= LEAST_WEIGHT && size <= MOST_WEIGHT)) {
    throw new MedleyError(
      'INVALID_WEIGHTS',
      `The weight of ${where} is ${String(weight)}; expected a number from -${String(MOST_WEIGHT)} to ${String(MOST_WEIGHT)}, at least ${String(LEAST_WEIGHT)} away from 0.`,
    );
  }
  const given = [text, imageUrl, imageId, itemId].filter(isGiven);
  if (given.length !== 1)
    throw new MedleyError(
      'INVALID_INPUT',
      `${where} has ${String(given.length)} of text, imageUrl, imageId and itemId; expected exactly one.`,
    );
  if (isGiven(imageUrl)) return { kind: 'IMAGE_URL', imageUrl: readUrl(imageUrl, `${where}.imageUrl`), weight };
  if (isGiven(imageId)) return { kind: 'IMAGE_ID', imageId: readId(imageId, `${where}.imageId`), weight };
  if (isGiven(itemId)) return { kind: 'ITEM', itemId: readId(itemId, `${where}.itemId`), weight };
  const words = (text ?? '').trim();
  if (words.length > LONGEST)
    throw new MedleyError(
      'QUERY_TOO_LONG',
      `The text in ${where} has ${String(words.length)} characters; at most ${String(LONGEST)} are allowed.`,
    );
  return { kind: 'TEXT', text: words, weight };
}

/** An empty text is given, too: to leave it out silently would answer another question. */
function isGiven<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}

function readUrl(url: string, name: string): string {
  if (url.trim() === '') throw new MedleyError('INVALID_INPUT', `"${name}" is empty; expected the URL of a picture.`);
  return readText(url, name, LONGEST_URL);
}
