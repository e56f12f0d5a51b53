import { fieldValues } from '../../../src/vocabulary/item.ts';
import type { Item } from '../../../src/vocabulary/item.ts';
import { excerptOf } from './excerpt.ts';
import { matchedSpans } from './matched-spans.ts';
import type { MatchedSpan } from './matched-spans.ts';
import type { SoughtWords } from './sought-words.ts';

/** A field of an item that says what was asked for, in parts of which some are it. */
export interface Highlight {
  readonly field: string;
  readonly parts: readonly HighlightPart[];
}

export interface HighlightPart {
  readonly text: string;
  readonly matched: boolean;
}

/** Of a longer text the beginning is read, characters: a page of them would keep others waiting. */
const MOST_READ = 10_000;

/** A text of an item that says what was asked for, and where. */
export interface TellingText extends ItemText {
  readonly spans: readonly MatchedSpan[];
}

/** Each value of a field by itself: those of what is searched by words that say something of it. */
export function tellingTexts(item: Item, sought: SoughtWords): readonly TellingText[] {
  return textsOf(item).flatMap((own) => {
    const spans = matchedSpans(own.text.slice(0, MOST_READ), sought);
    return spans.length === 0 ? [] : [{ ...own, spans }];
  });
}

/** `length`: of a text, in characters. */
export function highlightOf({ field, text, spans }: TellingText, length: number): Highlight {
  return { field, parts: partsOf(text, spans, length) };
}

interface ItemText {
  readonly field: string;
  readonly text: string;
}

function textsOf(item: Item): readonly ItemText[] {
  const { title, description } = item;
  const said = (field: string): readonly ItemText[] =>
    fieldValues(item, field).flatMap((text) =>
      typeof text === 'string' && !text.includes('://') ? { field, text } : [],
    );
  return [
    { field: 'title', text: title },
    ...said('brand'),
    ...said('category'),
    ...(description === undefined ? [] : [{ field: 'description', text: description }]),
    ...Object.keys(item.attributes).flatMap(said),
  ];
}

const CUT: HighlightPart = { text: '…', matched: false };

function partsOf(text: string, spans: readonly MatchedSpan[], length: number): readonly HighlightPart[] {
  const { from, to } = excerptOf(text, spans, length);
  const inside = spans.filter((span) => span.from >= from && span.to <= to);
  const plain = (start: number, end: number): readonly HighlightPart[] =>
    end > start ? [{ text: text.slice(start, end), matched: false }] : [];
  const parts = inside.flatMap((span, at): readonly HighlightPart[] => [
    ...plain(inside[at - 1]?.to ?? from, span.from),
    { text: text.slice(span.from, span.to), matched: true },
  ]);
  const rest = plain(inside.at(-1)?.to ?? from, to);
  return [...(from > 0 ? [CUT] : []), ...parts, ...rest, ...(to < text.length ? [CUT] : [])];
}
