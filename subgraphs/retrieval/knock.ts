import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from 'undici';
import type { Agent, Dispatcher } from 'undici';
import { DOOR_SIGN } from './index-door.ts';
import type { IndexDoorSign } from './index-door.ts';

export interface Order {
  readonly path: string;
  readonly order: object;
}

/** How one asks: the agent's timeouts hold, the signal hangs up. */
interface Asking {
  readonly agent: Agent;
  readonly signal?: AbortSignal;
}

/**
 * Asks something of the process that has the data folder open, at its door (`index-door.ts`); undefined where none has. A sign that a
 * killed process left behind leads to where nobody is, or to someone else, who does not know the token. Throws where the line breaks.
 */
export async function knock(
  dataFolder: string,
  { path, order }: Order,
  { agent, signal }: Asking,
): Promise<{ readonly sign: IndexDoorSign; readonly answer: Dispatcher.ResponseData } | undefined> {
  const sign = await readSign(dataFolder);
  if (!sign) return undefined;
  const answer = await post(sign, { path, order }, { agent, signal }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return undefined;
    throw error;
  });
  if (!answer) await rm(join(dataFolder, DOOR_SIGN), { force: true });
  return !answer || answer.statusCode === 404 ? undefined : { sign, answer };
}

/** Posts to a door whose sign was read. */
export function post(
  { url, token }: IndexDoorSign,
  { path, order }: Order,
  { agent, signal }: Partial<Asking> = {},
): Promise<Dispatcher.ResponseData> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return request(new URL(path, url), {
    method: 'POST',
    headers,
    body: JSON.stringify(order),
    dispatcher: agent,
    signal,
  });
}

export async function readSign(dataFolder: string): Promise<IndexDoorSign | undefined> {
  try {
    return JSON.parse(await readFile(join(dataFolder, DOOR_SIGN), 'utf8')) as IndexDoorSign;
  } catch {
    return undefined;
  }
}
