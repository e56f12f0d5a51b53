import type { FastifyInstance } from 'fastify';
import { MedleyError } from './errors.ts';
import { hasCode } from './durable-file.ts';

export interface ListeningPlace {
  readonly host: string;
  readonly port: number;
  /** The name of the setting that names the port. */
  readonly setting: string;
}

/** Listens. @throws MedleyError INVALID_SETTING where the port is taken or not for this user, or the host is not this machine */
export async function listen(app: FastifyInstance, { host, port, setting }: ListeningPlace): Promise<void> {
  await app.listen({ host, port }).catch((cause: unknown) => {
    const because = refusal(cause, { host, port, setting });
    throw because === undefined ? cause : new MedleyError('INVALID_SETTING', because, { cause });
  });
}

const NO_ADDRESS = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'];

function refusal(cause: unknown, { host, port, setting }: ListeningPlace): string | undefined {
  if (hasCode(cause, 'EADDRINUSE'))
    return `${setting} is ${port}, but another program uses this port. Choose another one.`;
  if (hasCode(cause, 'EACCES')) return `${setting} is ${port}, which this user may not open. Choose a port above 1023.`;
  if (NO_ADDRESS.some((code) => hasCode(cause, code)))
    return `HOST is "${host}", which is not an address of this machine. Use 127.0.0.1 for this machine only, or 0.0.0.0 for all of its addresses.`;
  return undefined;
}
