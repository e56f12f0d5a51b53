/** A column of text to the left, of figures to the right. */
export interface ColumnStyle {
  readonly align?: 'left' | 'right';
  /** Longer texts are cut; as wide as its longest text where absent. */
  readonly most?: number;
}

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Of East Asia, but for its narrow forms, and pictures: they take two places of a terminal. */
const WIDE =
  /(?![\uff61-\uffdc])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]|\ufe0f/u;
/** What would move the cursor, colour the terminal or turn the reading round: texts may come from strangers. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Rows of a table for a terminal, in columns that are aligned by what they look like there. */
export function alignedColumns(
  rows: readonly (readonly string[])[],
  styles: readonly ColumnStyle[],
  gap = 2,
): readonly string[] {
  const texts = rows.map((row) => row.map((text, column) => cut(text, styles[column]?.most)));
  const widths = styles.map((_, column) => Math.max(0, ...texts.map((row) => width(row[column] ?? ''))));
  return texts.map((row) =>
    row
      .map((text, column) => {
        const room = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(text)));
        return styles[column]?.align === 'right' ? room + text : text + room;
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

/** The text in at most so many places of a terminal, no letter parted from its accents. */
export function cut(text: string, most = Infinity): string {
  const seen = text.replaceAll(UNSEEN, ' ');
  if (width(seen) <= most) return seen;
  let kept = '';
  let taken = 0;
  for (const { segment } of GRAPHEMES.segment(seen)) {
    taken += widthOf(segment);
    if (taken > most - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

export function width(text: string): number {
  return [...GRAPHEMES.segment(text)].reduce((sum, { segment }) => sum + widthOf(segment), 0);
}

function widthOf(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1;
}
