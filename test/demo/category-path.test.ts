import { describe, expect, it } from '@jest/globals';
import { above, lastStep, openPaths } from '../../demo/storefront/src/shop/category-path.ts';

describe('the category menu', () => {
  it('opens the root, and what is chosen with all that stands above it', () => {
    expect(openPaths([])).toEqual(['']);
    expect(openPaths(['Women > Shoes'])).toEqual(['', 'Women', 'Women > Shoes']);
  });

  it('knows what stands above a path and what it is called', () => {
    expect(['Women', 'Women > Shoes', 'Women > Shoes > Boots'].map(above)).toEqual(['', 'Women', 'Women > Shoes']);
    expect(['Women', 'Women > Shoes'].map(lastStep)).toEqual(['Women', 'Shoes']);
  });
});
