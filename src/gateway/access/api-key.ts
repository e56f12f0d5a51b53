import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** What a key may allow beyond what anybody may; schema/ says which field needs which (`@requiresScopes`). */
export const SCOPES = {
  'catalogue:write': 'upsertItems and deleteItems',
  'profile:read': 'viewerProfile',
  'profile:erase': 'eraseProfile',
} as const;

export type Scope = keyof typeof SCOPES;

export const LONGEST_NAME = 64;

/** A key as it is kept: its hash, never the key itself. */
export const apiKey = z.strictObject({
  /** Whose it is, for people and the log. */
  name: z.string().min(1).max(LONGEST_NAME),
  /** Of the key, in hex. A key is 256 random bits, so it needs no slow hash. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits in lower case'),
  scopes: z.array(z.enum(Object.keys(SCOPES) as [Scope, ...Scope[]])).default([]),
  /** At most so many requests a minute, in each gateway process; unset is no limit. */
  requestsPerMinute: z.number().int().positive().optional(),
});

export type ApiKey = Readonly<z.infer<typeof apiKey>>;

export function newKey(): string {
  return `medley_${randomBytes(32).toString('base64url')}`;
}

export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
