import { createHash, createHmac } from 'node:crypto';
import { isSecret } from './is-secret.ts';

/** A place in a window: which query, of which request, after how many hits. */
export interface Cursor {
  readonly queryId: string;
  readonly hash: string;
  readonly position: number;
}

/** Signed and opaque: `base64url(queryId . hash . position . mac)`, so that nobody reads another's window by guessing. */
export function writeCursor({ queryId, hash, position }: Cursor, secret: string): string {
  const body = `${queryId}.${hash}.${String(position)}`;
  return Buffer.from(`${body}.${mac(body, secret)}`).toString('base64url');
}

/** The cursor that was signed with this secret, or undefined for anything else. */
export function readCursor(text: string, secret: string): Cursor | undefined {
  const [queryId = '', hash = '', position = '', signature = ''] = Buffer.from(text, 'base64url')
    .toString('utf8')
    .split('.');
  const signed = isSecret(signature, mac(`${queryId}.${hash}.${position}`, secret));
  if (!signed || !/^\d{1,6}$/.test(position)) return undefined;
  return { queryId, hash, position: Number(position) };
}

function mac(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url').slice(0, 22);
}

/** Identifies what shapes a window: 16 hex digits of the SHA-256 of the JSON with sorted keys. */
export function hashOf(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request, sortKeys)).digest('hex').slice(0, 16);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
