import { timingSafeEqual } from 'node:crypto';

/** Whether what came is the secret, in a time that does not tell how much of it was right. */
export function isSecret(came: string, secret: string): boolean {
  const [a, b] = [Buffer.from(came), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
