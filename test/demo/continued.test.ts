import { describe, expect, it } from '@jest/globals';

import { piecesOf } from '../../demo/storefront/src/shop/continued.ts';

/** With what is shown bold in stars. */
function shown(suggestion: string, typed: string): string {
  return piecesOf(suggestion, typed)
    .map(({ text, typed: bold }) => (bold ? `*${text}*` : text))
    .join('');
}

describe('a suggestion', () => {
  it('shows bold what was typed: whole words, and how the one begins that is being typed', () => {
    expect(shown('Yellow mug', 'yel')).toBe('*Yel*low mug');
    expect(shown('Big yellow mug', 'yellow m')).toBe('Big *yellow* *m*ug');
    expect(shown('Mug-tree, Élan', 'mug ELA')).toBe('*Mug*-tree, *Éla*n');
    expect(shown('Yellowish mug', 'yellow mu')).toBe('Yellowish *mu*g');
    expect(shown('Mug', ' mug ')).toBe('*Mug*');
  });

  it('shows nothing bold that was not typed so', () => {
    expect(shown('Big yellow mug', 'yelow m')).toBe('Big yellow *m*ug');
    expect(shown('Old smug cat', 'mug')).toBe('Old smug cat');
    expect(shown('T-shirt (red)', '.*(')).toBe('T-shirt (red)');
    expect(shown('Mug', '')).toBe('Mug');
    expect(piecesOf('', 'mug')).toEqual([]);
  });
});
