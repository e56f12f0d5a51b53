import { describe, expect, it } from '@jest/globals';
import { simulateVisits } from '../../../demo/catalogue/visits.ts';
import type { VisitSearch } from '../../../demo/catalogue/visits.ts';
import type { DemoViewer } from '../../../demo/catalogue/viewers.ts';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { differenceEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import type { Estimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { ndcg } from '../../../subgraphs/retrieval/measures/ndcg.ts';
import { colourAndKind, COLOURS, KINDS, untoldItems, writeUntoldShop } from './untold-shop.ts';

/** A bridge wants 300 pairs. */
const ITEMS = untoldItems({ ofEach: 7, told: 0 });
const COLOUR_OF = new Map(ITEMS.map(({ id, colour }) => [id, colour]));
/** Viewers ask for these; of the others no query is ever logged. */
const ASKED = KINDS.slice(0, 4);
const NEVER_ASKED = colourAndKind(ITEMS, KINDS.slice(4));

/** One viewer a colour, who asks for it in every kind of thing and clicks what has it, whatever the title says. */
const BY_LOOKS: readonly DemoViewer[] = Object.keys(COLOURS).map((colour) => ({
  id: `viewer-of-${colour}`,
  name: colour,
  motto: '',
  preference: { by: 'look', colour, pattern: 'none' },
  queries: ASKED.map((kind) => `${colour} ${kind}`),
}));

/** The same queries, but the colours that are liked have nothing to do with those that are asked for. */
const BY_WHIM = BY_LOOKS.map((viewer, i): DemoViewer => {
  const [first = '', ...rest] = Object.keys(COLOURS);
  const liked = [...rest, first];
  return {
    ...viewer,
    preference: { by: 'look', colour: liked[(3 * i) % liked.length] ?? '', pattern: 'none' },
    queries: viewer.queries.map((query, at) => query.replace(viewer.name, liked[(i * 5 + at) % liked.length] ?? '')),
  };
});

/** A shop of its own, opened on real ports. */
async function openUntold(): Promise<{ readonly shop: Shop; readonly index: () => Promise<unknown> }> {
  let path = '';
  const shop = await openShop({ catalogue: async (folder) => (path = await writeUntoldShop(folder, ITEMS)) });
  return { shop, index: async () => shop.medley.retrieval.indexing.run(await readCatalogue(path)) };
}

async function visit(shop: Shop, viewers: readonly DemoViewer[]): Promise<void> {
  const search: VisitSearch = async ({ text, userId, first }) => {
    const { id, edges } = await shop.search({ text, userId }, { first });
    const seen = ({ itemId, node }: (typeof edges)[number]) => ({ id: itemId, title: node?.title ?? '', scores: {} });
    const hits = edges.map((edge) => ({ ...seen(edge), attributes: { colour: COLOUR_OF.get(edge.itemId) } }));
    return { queryId: id, hits };
  };
  for (const viewer of viewers) {
    const events = await simulateVisits(viewer, search, new Date());
    const { data } = await shop.ask<{ recordEvents: { accepted: number } }>(
      'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { accepted } }',
      { events },
    );
    expect(data.recordEvents.accepted).toBe(events.length);
  }
}

/** nDCG@10 of every query for a kind that nobody has asked for, by the front door, for nobody in particular. */
async function figures(shop: Shop): Promise<readonly number[]> {
  const all: number[] = [];
  for (const { text, grades } of NEVER_ASKED) {
    const { edges } = await shop.search({ text }, { first: 10 });
    all.push(
      ndcg(
        edges.map(({ itemId }) => itemId),
        grades,
      ),
    );
  }
  return all;
}

/** What the visits changed, once the catalogue was indexed anew. */
async function learnedFrom(viewers: readonly DemoViewer[]): Promise<Estimate> {
  const { shop, index } = await openUntold();
  try {
    const before = await figures(shop);
    await visit(shop, viewers);
    await index();
    return differenceEstimate(await figures(shop), before, { resamples: 1000 });
  } finally {
    await shop.close();
  }
}

describe('a running shop whose titles say no colours', () => {
  it('learns colour words from clicks when it is indexed again, also for things that nobody has asked for', async () => {
    expect((await learnedFrom(BY_LOOKS)).low).toBeGreaterThan(0.05);
  });

  it('learns nothing from viewers who ask for one colour and choose another', async () => {
    expect((await learnedFrom(BY_WHIM)).low).toBeLessThan(0.02);
  });
});
