import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { cornerItem, paint, writeCornerShop } from '../../support/corner-shop.ts';
import { lostIn } from '../../support/front-door.ts';
import type { Found, FrontDoor } from '../../support/front-door.ts';

/** The corner shop with its pictures on a host; resolves to the path of the catalogue file. */
export async function writeHostedShop(folder: string, count: number, host: string): Promise<string> {
  const file = await writeCornerShop(folder, count);
  const lines = (await readFile(join(folder, 'items.jsonl'), 'utf8')).split('\n');
  const items = lines.map((line) => JSON.parse(line) as { readonly id: string; readonly image: string });
  // Each item asks for a picture of its own, or the host would be asked once for what many show.
  const hosted = items.map((item) => JSON.stringify({ ...item, image: `${host}/${item.id}/${item.image}` }));
  await writeFile(join(folder, 'items.jsonl'), hosted.join('\n'));
  const { images: _, ...catalogue } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...catalogue, images: { field: 'image' } }));
  return file;
}

/** What the host has to show for so many items. */
export async function hostedPictures(count: number): Promise<Readonly<Record<string, Uint8Array>>> {
  const items = Array.from({ length: count }, (_, n) => cornerItem(n));
  const shown = items.map(
    async ({ id, kind, colour }) => [`/${id}/${kind}-${colour}.png`, await paint(kind, colour)] as const,
  );
  return Object.fromEntries(await Promise.all(shown));
}

/** Resolves once a condition holds, however busy the machine is: the test has a limit of its own. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(100);
}

/** The spaces that queries are encoded in. */
export async function spacesOf(door: Pick<FrontDoor, 'ask'>): Promise<readonly string[]> {
  const { data } = await door.ask<{ encoders: { space: string }[] }>('{ encoders { space } }');
  return data.encoders.map(({ space }) => space).sort();
}

/** A question whose answers are compared: how much the named signal says of the named item. */
interface Question {
  readonly input: object;
  readonly itemId: string;
  readonly signal: 'TEXT' | 'IMAGE';
}

/** Questions by words and by pictures, about items that stay as they are. */
export async function questionsFor(shop: FrontDoor, count: number): Promise<readonly Question[]> {
  const asked = [0, 7, 20, 33].filter((n) => n < count).map((n) => cornerItem(n));
  const byWords = asked.map(({ id, title }): Question => ({ input: { text: title }, itemId: id, signal: 'TEXT' }));
  const byLooks = asked.map(async ({ id, kind, colour }): Promise<Question> => {
    const imageId = await shop.upload(await paint(kind, colour));
    return { input: { parts: [{ imageId }] }, itemId: id, signal: 'IMAGE' };
  });
  return [...byWords, ...(await Promise.all(byLooks))];
}

/** How much the signal says of the item, to three digits; what was lost on the way is no answer. */
export async function answerTo(shop: FrontDoor, { input, itemId, signal }: Question): Promise<string> {
  const found: Found = await shop.search(input, { first: 50 });
  const hit = found.edges.find((edge) => edge.itemId === itemId);
  const said = hit?.explanation.signals.find((one) => one.signal === signal);
  const lost = lostIn(found);
  return lost.length > 0 ? lost.join() : (said?.normalized.toFixed(3) ?? 'not found');
}

export interface Load {
  /** Ends it; resolves to what was answered to each question. */
  end(): Promise<readonly ReadonlySet<string>[]>;
}

/** Asks all questions again and again, several at a time. A search that fails fails here. */
export function searchUnderLoad(shop: FrontDoor, questions: readonly Question[]): Load {
  const done = new AbortController();
  const answers = questions.map(() => new Set<string>());
  const asking = questions.map(async (question, at) => {
    while (!done.signal.aborted) {
      answers[at]?.add(await answerTo(shop, question));
      // Shoppers look at what they found; without a breath nothing else of this machine would come to work.
      await sleep(30);
    }
  });
  const asked = Promise.all(asking);
  asked.catch(() => undefined);
  return {
    end: async () => {
      done.abort();
      await asked;
      return answers;
    },
  };
}

/** Every answer is one of the old generation or one of the new, whole: nothing lost, nothing mixed. */
export function expectOneOrTheOther(
  answers: readonly ReadonlySet<string>[],
  before: readonly string[],
  after: readonly string[],
): void {
  const allowed = answers.map((_, at) => [before[at], after[at]]);
  const strange = answers.map((all, at) => [...all].filter((answer) => !allowed[at]?.includes(answer)));
  expect(strange).toEqual(answers.map(() => []));
}
