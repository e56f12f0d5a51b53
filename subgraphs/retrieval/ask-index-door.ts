import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Agent, request } from 'undici';
import { MedleyError } from '../../src/runtime/errors.ts';
import type { BuildReport } from './catalogue/build-report.ts';
import { DOOR_SIGN } from './index-door.ts';
import type { IndexDoorSign, IndexNews, IndexOrder, ModelsOrder, RollbackNews } from './index-door.ts';
import type { IndexingWatch } from './indexing.ts';

/**
 * Asks the process that has the data folder open to index; undefined where none has.
 *
 * @throws MedleyError what the other process says, or READ_ONLY where it ended before it was done
 */
export async function askIndexDoor(
  dataFolder: string,
  order: IndexOrder,
  watch: IndexingWatch,
): Promise<BuildReport | undefined> {
  const asked = {
    path: '/index',
    order,
    early: 'The server ended before the catalogue was published; index it again.',
  };
  return (await ask(dataFolder, asked, watch)) ?? undefined;
}

/** Asks it to use other models: a report, null where they serve already, undefined where nobody has the data folder open. Errors: likewise. */
export function askToUseModels(
  dataFolder: string,
  order: ModelsOrder,
  watch: IndexingWatch,
): Promise<BuildReport | null | undefined> {
  const early = 'The server ended before the models were changed; it goes on with that when it starts again.';
  return ask(dataFolder, { path: '/models', order, early }, watch);
}

interface Asked {
  readonly path: string;
  readonly order: object;
  /** What is said where the other process ends too soon. */
  readonly early: string;
}

async function ask(dataFolder: string, asked: Asked, watch: IndexingWatch): Promise<BuildReport | null | undefined> {
  const sign = await readSign(dataFolder);
  if (!sign) return undefined;
  // A build is silent for as long as its longest step takes.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  try {
    const answer = await knock(sign, asked, { agent, signal: watch.signal });
    if (answer === 'nobody') await rm(join(dataFolder, DOOR_SIGN), { force: true });
    if (answer === 'nobody') return undefined;
    if (answer.statusCode === 404) return undefined;
    if (answer.statusCode !== 200) throw endedEarly(asked);
    return await listen(answer.body, asked, watch);
  } finally {
    await agent.destroy();
  }
}

/** Asks the process that has the data folder open to serve the generation before again; undefined where none has. */
export async function askRollback(dataFolder: string): Promise<string | undefined> {
  const sign = await readSign(dataFolder);
  if (!sign) return undefined;
  const headers = { authorization: `Bearer ${sign.token}` };
  const answer = await request(new URL('/rollback', sign.url), { method: 'POST', headers }).catch(() => undefined);
  if (answer?.statusCode !== 200) {
    await answer?.body.dump();
    return undefined;
  }
  const news = (await answer.body.json()) as RollbackNews;
  if ('error' in news) throw new MedleyError(news.error.code, news.error.message);
  return news.generation;
}

async function readSign(dataFolder: string): Promise<IndexDoorSign | undefined> {
  try {
    return JSON.parse(await readFile(join(dataFolder, DOOR_SIGN), 'utf8')) as IndexDoorSign;
  } catch {
    return undefined;
  }
}

/** A sign that a killed process left behind leads to where nobody is, or to someone else, who does not know the token. */
async function knock(
  { url, token }: IndexDoorSign,
  asked: Asked,
  { agent, signal }: { readonly agent: Agent; readonly signal?: AbortSignal },
) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const options = { method: 'POST', headers, body: JSON.stringify(asked.order), dispatcher: agent, signal } as const;
  return request(new URL(asked.path, url), options).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return 'nobody' as const;
    throw endedEarly(asked, error);
  });
}

/** Hears the other process out to the end, for one that is cut off in its last words takes this one along. */
async function listen(
  body: NodeJS.ReadableStream,
  asked: Asked,
  { onProgress, onProblem }: IndexingWatch,
): Promise<BuildReport | null> {
  let last: BuildReport | null | MedleyError = endedEarly(asked);
  try {
    for await (const line of createInterface({ input: body })) {
      const news = JSON.parse(line) as IndexNews;
      if ('progress' in news) onProgress?.(news.progress);
      else if ('problem' in news) onProblem?.(news.problem);
      else if ('report' in news) last = news.report;
      else last = new MedleyError(news.error.code, news.error.message);
    }
  } catch {
    // A connection that broke says nothing more than the words that came before.
  }
  if (last instanceof MedleyError) throw last;
  return last;
}

function endedEarly({ early }: Asked, cause?: unknown): MedleyError {
  return new MedleyError('READ_ONLY', early, { cause });
}
