import truncate from 'cli-truncate';
import width from 'string-width';

/** A column of text to the left, of figures to the right. */
export interface ColumnStyle {
  readonly align?: 'left' | 'right';
  /** Longer texts are cut; as wide as its longest text where absent. */
  readonly most?: number;
}

/** What would move the cursor, colour the terminal or turn the reading round: texts may come from strangers. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Rows of a table for a terminal, in columns that are aligned by what they look like there. */
export function alignedColumns(
  rows: readonly (readonly string[])[],
  styles: readonly ColumnStyle[],
  gap = 2,
): readonly string[] {
  const texts = rows.map((row) => row.map((text, column) => cut(text.replaceAll(UNSEEN, ' '), styles[column]?.most)));
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

function cut(text: string, most: number | undefined): string {
  return most === undefined ? text : truncate(text, most);
}
