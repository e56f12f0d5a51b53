import { createHash } from 'node:crypto';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { encodingsOf } from '../encoding/encode-items.ts';
import type { EncodedItem, EncodePorts } from '../encoding/encode-items.ts';
import type { FitSample, SampleItem, TypedQuery } from './fit-sample.ts';
import { itemTexts, shortQuery } from '../encoding/item-text.ts';

/** A query that a viewer typed and the item that they chose from its answer. */
export interface LoggedQuery {
  readonly text: string;
  readonly itemId: string;
}

/** More pairs than this gain little, and fitting them takes memory. */
const MOST_PICTURED = 9600;
const MOST_WORDED = 2000;
const SHORT_QUERIES = 1000;
const MOST_QUERIES_AN_ITEM = 5;

/** What was drawn, and the same items as a fit sees them, in one order. */
export interface DrawnSample {
  readonly sample: FitSample;
  readonly items: readonly EncodedItem[];
  /** Of those of the items that have several pictures each picture alone, by id; no item has several when absent. */
  readonly photosOf?: (ids: readonly string[]) => Promise<ReadonlyMap<string, readonly Vector[]>>;
}

/** Draws the items that a fit sees, in an order that depends on nothing but their ids, with what encoders made of them. */
export async function drawSample(
  items: readonly EncodedItem[],
  logged: readonly LoggedQuery[],
  ports: Pick<EncodePorts, 'encoders' | 'encodings'>,
): Promise<DrawnSample> {
  const shuffled = items.map((one) => ({ one, at: order(one.item.id) })).sort((a, b) => (a.at < b.at ? -1 : 1));
  const isPictured = ({ one }: (typeof shuffled)[number]): boolean => one.keys.pictures.length > 0;
  const drawn = [
    ...shuffled.filter(isPictured).slice(0, MOST_PICTURED),
    ...shuffled.filter((one) => !isPictured(one)).slice(0, MOST_WORDED),
  ].map(({ one }) => one);
  const [encodings, asked] = await Promise.all([
    encodingsOf(
      drawn.map(({ keys }) => keys),
      ports,
    ),
    encodeQueries(drawn, logged, ports),
  ]);
  const kept = drawn.flatMap((one, i) => {
    const own = encodings[i];
    return own ? [{ one, own }] : [];
  });
  const seen = kept.map(({ one: { item }, own }): SampleItem => ({
    says: itemTexts(item),
    ...detached(own),
    queries: asked.logged.get(item.id) ?? [],
    short: asked.short.get(item.id),
  }));
  const { text, picture } = ports.encoders;
  return {
    sample: { textSpace: text.space, imageSpace: picture.space, blocks: picture.blocks, items: seen },
    items: kept.map(({ one }) => one),
    photosOf: photosIn(drawn, ports),
  };
}

/** Read when they are asked for: they take more memory than all else, and only towers see them. */
function photosIn(
  drawn: readonly EncodedItem[],
  ports: Pick<EncodePorts, 'encoders' | 'encodings'>,
): DrawnSample['photosOf'] {
  const several = drawn.filter(({ keys }) => keys.pictures.length > 1);
  if (several.length === 0) return undefined;
  return async (ids) => {
    const wanted = new Set(ids);
    const asked = several.filter(({ item }) => wanted.has(item.id));
    const read = await encodingsOf(
      asked.map(({ keys }) => keys),
      ports,
    );
    return new Map(read.flatMap((own, i) => (own?.photos ? [[asked[i]?.item.id ?? '', own.photos] as const] : [])));
  };
}

/** Where an item stands among all of any catalogue; the first ones are held out of what is fitted. */
export function order(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** Copies that share no memory with the store's buffers: a thread would be given those whole. */
function detached(own: { title: Vector; whole?: Vector; features?: Vector }): Omit<SampleItem, 'says' | 'queries'> {
  return { title: own.title.slice(), whole: own.whole?.slice(), features: own.features?.slice() };
}

interface AskedQueries {
  readonly logged: ReadonlyMap<string, readonly TypedQuery[]>;
  readonly short: ReadonlyMap<string, TypedQuery>;
}

async function encodeQueries(
  drawn: readonly EncodedItem[],
  logged: readonly LoggedQuery[],
  { encoders }: Pick<EncodePorts, 'encoders'>,
): Promise<AskedQueries> {
  const ids = new Set(drawn.map(({ item }) => item.id));
  const typed = Map.groupBy(
    logged.filter(({ itemId }) => ids.has(itemId)),
    ({ itemId }) => itemId,
  );
  const made = drawn.slice(0, SHORT_QUERIES).map(({ item }) => ({ itemId: item.id, text: shortQuery(item) }));
  const chosen = [...typed.values()].flatMap((queries) => queries.slice(0, MOST_QUERIES_AN_ITEM));
  const texts = [...new Set([...chosen, ...made].map(({ text }) => text))];
  const vectors = await encoders.text.encode(texts.map((text) => ({ text, role: 'query' })));
  const byText = new Map(texts.map((text, i) => [text, vectors[i]]));
  const encoded = (queries: readonly LoggedQuery[]) =>
    queries.flatMap(({ itemId, text }) => {
      const vector = byText.get(text);
      return vector instanceof Float32Array ? [{ itemId, query: { text, vector } }] : [];
    });
  return {
    logged: new Map(
      [...Map.groupBy(encoded(chosen), ({ itemId }) => itemId)].map(([id, all]) => [id, all.map(({ query }) => query)]),
    ),
    short: new Map(encoded(made).map(({ itemId, query }) => [itemId, query])),
  };
}
