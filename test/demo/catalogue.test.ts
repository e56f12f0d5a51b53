import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';

import { demoItems, type DrawnItem } from '../../demo/catalogue/catalogue.ts';
import { DEPARTMENTS } from '../../demo/catalogue/departments.ts';

const COUNT = 360;
const drawn: readonly DrawnItem[] = [...demoItems(COUNT)];
const LOOKS = /striped|dotted|checked|floral|chevron|leaf-print|speckled/i;

function tellsLook({ item }: DrawnItem): boolean {
  const title = item.title.toLowerCase().split(/[\s,]+/);
  return title.includes(item.colour) || title.includes(item.material) || LOOKS.test(item.title);
}

describe('the demo catalogue', () => {
  it('is the same on every machine and every run', () => {
    expect([...demoItems(COUNT)]).toEqual(drawn);
  });

  it('gives every item its own id and as many items as asked for', () => {
    expect(new Set(drawn.map(({ item }) => item.id)).size).toBe(COUNT);
  });

  it('has all twelve departments, none of them rare', () => {
    const counts = DEPARTMENTS.map(({ path }) => drawn.filter(({ item }) => item.category[1] === path[1]).length);
    expect(counts).toHaveLength(12);
    expect(Math.min(...counts)).toBeGreaterThan(COUNT / 30);
  });

  it('leaves colour, pattern and material out of about half of the titles, so that words alone cannot find them', () => {
    const silent = drawn.filter((one) => !tellsLook(one)).length / COUNT;
    expect(silent).toBeGreaterThan(0.4);
    expect(silent).toBeLessThan(0.65);
  });

  it('sells designs in several colours as one group', () => {
    const groups = Map.groupBy(drawn, ({ item }) => item.groupId);
    const several = [...groups.values()].filter((variants) => variants.length > 1);
    expect(several.length).toBeGreaterThan(groups.size / 2);
    for (const variants of several) expect(new Set(variants.map(({ item }) => item.colour)).size).toBe(variants.length);
  });

  it('has a few very popular items and a long tail', () => {
    const popularity = drawn.map(({ item }) => item.popularity).sort((a, b) => b - a);
    const top = popularity.slice(0, COUNT / 10).reduce((sum, value) => sum + value, 0);
    expect(top).toBeGreaterThan(popularity.reduce((sum, value) => sum + value, 0) * 0.4);
  });
});

describe('the pictures', () => {
  it('contain no number that went wrong', () => {
    for (const { picture } of drawn) expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('are drawn for every item: something clearly stands out from the backdrop', async () => {
    for (const { picture } of drawn.filter((_, at) => at % 6 === 0)) {
      const { channels } = await sharp(Buffer.from(picture)).removeAlpha().stats();
      expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(8);
    }
  });

  it('differ between the colours of one design', () => {
    expect(new Set(drawn.map(({ picture }) => picture)).size).toBe(COUNT);
  });
});
