import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simulateVisits } from '../../demo/catalogue/visits.ts';
import type { SeenHit, VisitAnswer, VisitQuery } from '../../demo/catalogue/visits.ts';
import { DEMO_VIEWERS } from '../../demo/catalogue/viewers.ts';
import { writeDemoCatalogue } from '../../demo/catalogue/write.ts';
import { picturesOf, rememberPictures } from '../runtime/catalogue-pictures.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Signal } from '../vocabulary/signal.ts';
import type { ViewerEvent } from '../vocabulary/viewer-event.ts';
import { readCatalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { Catalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { IndexingWatch } from '../../subgraphs/retrieval/catalogue/indexing-watch.ts';
import { showProgress } from './progress.ts';

/** Where the demo is indexed: in this process, or in the one that has the data folder open. */
export type Index = (catalogue: Catalogue, watch: IndexingWatch) => Promise<unknown>;

/** Asks the graph, in this process or over HTTP, and resolves to the answer's data. Throws when there were errors. */
export type Ask = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Draws the demo catalogue into the data folder and indexes it, with a progress bar. Errors: as `index`; the reason of the signal. */
export async function indexDemo(index: Index, dataFolder: string, signal: AbortSignal): Promise<void> {
  const folder = join(dataFolder, 'demo');
  const bar = showProgress();
  try {
    await writeDemoCatalogue(folder, (done, total) => {
      signal.throwIfAborted();
      bar.report({ phase: 'drawing the demo', done, total });
    });
    await index(await readCatalogue(join(folder, 'catalogue.json')), {
      signal,
      onProgress: (progress) => {
        bar.report(progress);
      },
    });
  } finally {
    bar.stop();
  }
}

/** A data folder that was moved has its demo with it: what says where the pictures of that lie is set right. */
export async function followDemo(dataFolder: string): Promise<void> {
  const folder = join(dataFolder, 'demo');
  const said = picturesOf(dataFolder, 'demo');
  if (said !== undefined && !existsSync(said) && existsSync(folder)) await rememberPictures(dataFolder, 'demo', folder);
}

const SEARCH = `query Visit($text: String!, $userId: ID!, $first: Int!) {
  search(input: { text: $text, userId: $userId }, first: $first) {
    id
    edges { itemId node { title attributes } explanation { signals { signal normalized } } }
  }
}`;

const RECORD = `mutation Record($events: [EventInput!]!) { recordEvents(events: $events) { accepted rejected { code message } } }`;

interface CatalogueAnswer {
  readonly catalogue: { readonly name: string } | null;
}

interface SearchAnswer {
  readonly search: {
    readonly id: string;
    readonly edges: readonly {
      readonly itemId: string;
      readonly node: { readonly title: string; readonly attributes: Record<string, unknown> } | null;
      readonly explanation: { readonly signals: readonly { readonly signal: Signal; readonly normalized: number }[] };
    }[];
  };
}

interface Visiting {
  readonly log: Logger;
  /** A stop cuts visits off, which is no news. */
  readonly stopping: AbortSignal;
}

/**
 * Lets the simulated viewers of the demo shop for a while, through the front door and by what anybody may do there, so that there is
 * something to learn from. Visits that a stop cut off are made up at the next start; who was here does not come back. Other catalogues
 * have none, be it that they have its name.
 */
export async function visitDemo(ask: Ask, dataFolder: string, { log, stopping }: Visiting): Promise<void> {
  try {
    await visit(ask, dataFolder);
  } catch (error) {
    if (!stopping.aborted) log.warn({ err: error }, 'the simulated viewers could not finish their visits');
  }
}

/** What earlier releases wrote into the list of guests once all had been there. */
const EVERYBODY = '';

async function visit(ask: Ask, dataFolder: string): Promise<void> {
  const guests = join(dataFolder, 'demo', 'visited');
  const been = await readFile(guests, 'utf8').catch(() => undefined);
  if (been === EVERYBODY) return;
  const { catalogue } = (await ask('{ catalogue { name } }')) as CatalogueAnswer;
  if (catalogue?.name !== 'demo' || !existsSync(join(dataFolder, 'demo'))) return;
  const search = async ({ text, userId, first }: VisitQuery): Promise<VisitAnswer> => {
    const { search: found } = (await ask(SEARCH, { text, userId, first })) as SearchAnswer;
    return { queryId: found.id, hits: found.edges.flatMap(seen) };
  };
  const names = new Set(been?.split('\n'));
  for (const viewer of DEMO_VIEWERS.filter(({ id }) => !names.has(id))) {
    const events: readonly ViewerEvent[] = await simulateVisits(viewer, search, new Date());
    for (let at = 0; at < events.length; at += 50) await ask(RECORD, { events: events.slice(at, at + 50) });
    await appendFile(guests, `${viewer.id}\n`);
  }
}

function seen({ itemId, node, explanation }: SearchAnswer['search']['edges'][number]): readonly SeenHit[] {
  if (!node) return [];
  const scores = Object.fromEntries(explanation.signals.map(({ signal, normalized }) => [signal, normalized]));
  return [{ id: itemId, title: node.title, attributes: node.attributes, scores }];
}
