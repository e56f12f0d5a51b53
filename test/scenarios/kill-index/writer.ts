import { GenerationReplaced } from '../../../subgraphs/retrieval/index/generation-replaced.ts';
import type { ItemRow } from '../../../subgraphs/retrieval/index/item-index.ts';
import { openLanceIndex } from '../../../subgraphs/retrieval/index/lancedb/lancedb-item-index.ts';
import { head, row, shop } from '../../contracts/item-index/samples.ts';

/**
 * Writes without end until it is killed, and says on standard output what it was promised: `node writer.ts <folder> <round>`.
 * Every third round builds and publishes generations beside the live writes.
 */
const [folder = '', round = '0'] = process.argv.slice(2);
const { index, writer } = await openLanceIndex(folder, { compactAfter: 40 });

function say(...words: readonly string[]): void {
  process.stdout.write(`${words.join(' ')}\n`);
}

async function generation(name: string): Promise<void> {
  const build = await writer.build(head(name));
  await build.write(shop(200));
  await build.write(await served());
  say('publishing', name);
  await build.publish();
  say('published', name);
}

/** All that is served; what changes later the build takes over by itself. */
async function served(): Promise<readonly ItemRow[]> {
  if (!index.head()) return [];
  const { ids } = await index.browse({ limit: 1_000_000 });
  const [items, vectors] = await Promise.all([index.items(ids), index.vectors(ids)]);
  return items.flatMap((item, at) => {
    const its = vectors[at];
    return item && its ? [{ item, vectors: its }] : [];
  });
}

async function liveWrites(lane: number): Promise<never> {
  for (let at = 0; ; at++) {
    const id = `live-${round}-${lane}-${at}`;
    await upsert(row({ id, title: `Trombone ${round}` }, at));
    say('upserted', id);
    if (at % 5 !== 4) continue;
    const unwanted = `live-${round}-${lane}-${at - 2}`;
    say('removing', unwanted);
    const [removed = ''] = await writer.remove([unwanted]);
    say('removed', removed);
  }
}

/** Again where a generation was published meanwhile, as the error says. */
async function upsert(written: ItemRow): Promise<void> {
  try {
    await writer.upsert([written]);
  } catch (error) {
    if (!(error instanceof GenerationReplaced)) throw error;
    await upsert(written);
  }
}

async function builds(): Promise<never> {
  for (let at = 0; ; at++) await generation(`g-${round}-${at}`);
}

if (!index.head()) await generation('g-first');
say('ready', index.head()?.id ?? '');
const work: Promise<never>[] = [0, 1, 2].map(liveWrites);
if (Number(round) % 3 === 2) work.push(builds());
await Promise.all(work);
