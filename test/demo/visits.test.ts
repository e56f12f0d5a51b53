import { describe, expect, it } from '@jest/globals';

import { demoItems } from '../../demo/catalogue/catalogue.ts';
import { DEMO_VIEWERS } from '../../demo/catalogue/viewers.ts';
import { simulateVisits, type VisitSearch } from '../../demo/catalogue/visits.ts';

const items = [...demoItems(1_800)].map(({ item }) => item);
const byId = new Map(items.map((item) => [item.id, item]));

/** Finds by the words of category, brand and shape alone. */
const search: VisitSearch = ({ text, first }) => {
  const words = text.toLowerCase().split(/\W+/);
  const score = (text: string): number =>
    words.filter((word) => text.toLowerCase().includes(word.replace(/s$/, ''))).length;
  const hits = items
    .map((item) => ({ item, found: score(`${item.title} ${item.category.join(' ')} ${item.colour}`) }))
    .sort((a, b) => b.found - a.found)
    .slice(0, first)
    .map(({ item }) => ({ id: item.id, title: item.title, attributes: { ...item }, scores: {} }));
  return Promise.resolve({ queryId: `q-${text}`, hits });
};

async function chosenBy(id: string) {
  const viewer = DEMO_VIEWERS.find((one) => one.id === id);
  if (!viewer) throw new Error(`No viewer ${id}.`);
  const events = await simulateVisits(viewer, search);
  return events.map((event) => ({ event, item: byId.get(event.itemId) }));
}

describe('simulated viewers', () => {
  it('do the same on every run', async () => {
    expect(await chosenBy('demo-iris')).toEqual(await chosenBy('demo-iris'));
  });

  it('choose by colour and pattern when they go by looks, also where the title does not say so', async () => {
    const chosen = await chosenBy('demo-iris');
    expect(chosen.length).toBeGreaterThan(20);
    for (const { item } of chosen) expect(item?.colour === 'teal' || item?.pattern === 'dots').toBe(true);
    expect(chosen.some(({ item }) => !/teal|dotted/i.test(item?.title ?? ''))).toBe(true);
  });

  it('choose by the words of the title when they go by words, in many colours', async () => {
    const chosen = await chosenBy('demo-ned');
    expect(chosen.length).toBeGreaterThan(20);
    expect(new Set(chosen.map(({ item }) => item?.colour)).size).toBeGreaterThan(6);
  });

  it('choose natural materials when they love them', async () => {
    const chosen = await chosenBy('demo-maya');
    expect(chosen.length).toBeGreaterThan(20);
    for (const { item } of chosen)
      expect(['straw', 'linen', 'oak', 'rattan', 'jute', 'wool']).toContain(item?.material);
  });

  it('have done nothing when they are new', async () => {
    expect(await chosenBy('demo-new')).toEqual([]);
  });

  it('send every event once: ids are unique and carry the query that showed the item', async () => {
    const chosen = await chosenBy('demo-ned');
    expect(new Set(chosen.map(({ event }) => event.id)).size).toBe(chosen.length);
    for (const { event } of chosen) expect(event.queryId).toBeDefined();
  });
});
