import { createInterface } from 'node:readline';
import { Agent } from 'undici';
import { MedleyError, toRejection } from '../../src/runtime/errors.ts';
import type { BuildReport } from './catalogue/build-report.ts';
import type { IndexingWatch } from './catalogue/indexing-watch.ts';
import type { HandedRecipe, RecipeOutcome } from './handed-recipes.ts';
import type { IndexDoorSign, IndexNews, IndexOrder, ModelsOrder, RollbackNews, TrainOrder } from './index-door.ts';
import type { TrainingWatch } from './indexing.ts';
import { knock, post, readSign } from './knock.ts';

/**
 * Asks the process that has the data folder open to index; undefined where none has.
 *
 * @throws MedleyError what the other process says, or INTERRUPTED where it ended before it was done
 */
export async function askIndexDoor(
  dataFolder: string,
  order: IndexOrder,
  watch: IndexingWatch,
): Promise<BuildReport | undefined> {
  const asked = {
    path: '/index',
    order,
    early: 'The server ended before the catalogue was published. Index it again.',
  };
  return (await ask<BuildReport | null>(dataFolder, asked, watch)) ?? undefined;
}

/** Asks it for a training, whose recipe is run here: a sentence on what came of it, undefined where nobody has the data folder open. */
export function askToTrain(dataFolder: string, order: TrainOrder, watch: TrainingWatch): Promise<string | undefined> {
  const early = 'The server ended before the training was kept. Train again.';
  return ask(dataFolder, { path: '/train', order, early }, watch);
}

/** Asks it to use other models: a report, null where they serve already, undefined where nobody has the data folder open. Errors: likewise. */
export function askToUseModels(
  dataFolder: string,
  order: ModelsOrder,
  watch: IndexingWatch,
): Promise<BuildReport | null | undefined> {
  const early = 'The server ended before the models were changed. It will continue when it starts again.';
  return ask(dataFolder, { path: '/models', order, early }, watch);
}

interface Asked {
  readonly path: string;
  readonly order: object;
  /** What is said where the other process ends too soon. */
  readonly early: string;
}

type Watch = IndexingWatch & Partial<Pick<TrainingWatch, 'train'>>;

async function ask<Report>(dataFolder: string, asked: Asked, watch: Watch): Promise<Report | undefined> {
  // A build is silent for as long as its longest step takes.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  try {
    const opened = await knock(dataFolder, asked, { agent, signal: watch.signal }).catch((error: unknown) => {
      throw endedEarly(asked, error);
    });
    if (!opened) return undefined;
    const { sign, answer } = opened;
    if (answer.statusCode !== 200) throw endedEarly(asked);
    return await listen<Report>(answer.body, asked, {
      ...watch,
      run: (recipe, signal) => runHanded(recipe, sign, { ...watch, signal }),
    });
  } finally {
    await agent.destroy();
  }
}

/** Asks the process that has the data folder open to serve the generation before again; undefined where none has. */
export async function askRollback(dataFolder: string): Promise<string | undefined> {
  const sign = await readSign(dataFolder);
  if (!sign) return undefined;
  const answer = await post(sign, { path: '/rollback', order: {} }).catch(() => undefined);
  if (answer?.statusCode !== 200) {
    await answer?.body.dump();
    return undefined;
  }
  const news = (await answer.body.json()) as RollbackNews;
  if ('error' in news) throw new MedleyError(news.error.code, news.error.message);
  return news.generation;
}

/** Runs a recipe that the other process hands out, and tells it how that went. Resolves to what it failed with, unless it was interrupted. */
async function runHanded(
  { id, input, into }: HandedRecipe,
  sign: IndexDoorSign,
  { train, signal }: Pick<Watch, 'train' | 'signal'>,
): Promise<unknown> {
  try {
    await train?.(input, into, signal);
    await tellOutcome(sign, { id });
    return undefined;
  } catch (error) {
    await tellOutcome(sign, { id, error: toRejection(error) }).catch(() => undefined);
    return signal?.aborted ? undefined : error;
  }
}

async function tellOutcome(sign: IndexDoorSign, outcome: RecipeOutcome): Promise<void> {
  const { body } = await post(sign, { path: '/recipe-ended', order: outcome });
  await body.dump();
}

interface Listening extends IndexingWatch {
  readonly run: (recipe: HandedRecipe, signal: AbortSignal) => Promise<unknown>;
}

/** Reads the answer to its end: where its agent is destroyed before, an error is thrown that nobody can catch. */
async function listen<Report>(
  body: NodeJS.ReadableStream,
  asked: Asked,
  { onProgress, onProblem, run }: Listening,
): Promise<Report> {
  let last: { readonly report: Report } | MedleyError = endedEarly(asked);
  const over = new AbortController();
  let failed: Promise<unknown> | undefined;
  try {
    for await (const line of createInterface({ input: body })) {
      const news = JSON.parse(line) as IndexNews<Report>;
      if ('progress' in news) onProgress?.(news.progress);
      else if ('problem' in news) onProblem?.(news.problem);
      else if ('recipe' in news) failed = run(news.recipe, over.signal);
      else if ('report' in news) last = news;
      else last = new MedleyError(news.error.code, news.error.message);
    }
  } catch {
    // A connection that broke says nothing more than the words that came before.
  }
  over.abort();
  // What failed here is told as it was, not as the other process heard of it.
  const own = await failed;
  if (own instanceof Error) throw own;
  if (last instanceof MedleyError) throw last;
  return last.report;
}

function endedEarly({ early }: Asked, cause?: unknown): MedleyError {
  return new MedleyError('INTERRUPTED', early, { cause });
}
