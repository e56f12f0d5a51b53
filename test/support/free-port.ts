import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that systems give to whoever asks for any port: nobody gets one of these by chance before it is used. */
const [FROM, TO] = [10_000, 32_000] as const;

/** A port of loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((settle) => {
    server.once('error', () => {
      settle(false);
    });
    server.listen(port, '127.0.0.1', () => {
      settle(true);
    });
  });
  if (free) await new Promise((done) => server.close(done));
  return free;
}
