import { createInterface } from 'node:readline';
import { Agent } from 'undici';
import { MedleyError } from '../../../src/runtime/errors.ts';
import { knock } from '../knock.ts';
import { LOG_PATH } from './log-door.ts';
import type { LogNews } from './log-door.ts';
import type { LogOrder, LogPart } from './read-log.ts';

export interface AskedLog {
  readonly dataFolder: string;
  readonly order: LogOrder;
}

/**
 * Has a log read by the process that has the data folder open; false where none has.
 *
 * @throws MedleyError what that process says, or MEDLEY_UNAVAILABLE where it ended before it was done
 */
export async function askLogDoor({ dataFolder, order }: AskedLog, take: (part: LogPart) => void): Promise<boolean> {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  try {
    const opened = await knock(dataFolder, { path: LOG_PATH, order }, { agent });
    if (!opened) return false;
    await listen(opened.answer.body, take);
    return true;
  } catch (error) {
    if (error instanceof MedleyError) throw error;
    throw endedEarly(error);
  } finally {
    await agent.destroy();
  }
}

/** Reads the answer to its end: where its agent is destroyed before, an error is thrown that nobody can catch. */
async function listen(body: NodeJS.ReadableStream, take: (part: LogPart) => void): Promise<void> {
  let last: LogNews | undefined;
  for await (const line of createInterface({ input: body })) {
    last = JSON.parse(line) as LogNews;
    if ('searches' in last) take(last);
  }
  if (last && 'error' in last) throw new MedleyError(last.error.code, last.error.message);
  if (!last || !('end' in last)) throw endedEarly();
}

function endedEarly(cause?: unknown): MedleyError {
  return new MedleyError(
    'MEDLEY_UNAVAILABLE',
    'The server ended before the query log was read. Run the command again; it works with or without a server.',
    { cause },
  );
}
