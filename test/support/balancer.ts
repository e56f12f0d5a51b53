import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';

/** What a Service of Kubernetes does before replicas: shares connections out by turns, among those that take them. */
export interface Balancer {
  readonly url: string;
  close(): Promise<void>;
}

export async function openBalancer(ports: readonly number[]): Promise<Balancer> {
  let turn = 0;
  const open = new Set<Socket>();
  const server = createServer((caller) => {
    open.add(caller);
    caller.on('close', () => open.delete(caller)).on('error', () => undefined);
    turn = (turn + 1) % ports.length;
    connectTo([...ports.slice(turn), ...ports.slice(0, turn)], caller);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: async () => {
      for (const caller of open) caller.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** The first that takes the connection has it, to its end. */
function connectTo([port, ...others]: readonly number[], caller: Socket): void {
  if (port === undefined) return void caller.destroy();
  const replica = connect({ port, host: '127.0.0.1' });
  const next = (): void => {
    connectTo(others, caller);
  };
  replica.once('error', next);
  replica.once('connect', () => {
    replica.off('error', next);
    pipeline(caller, replica, caller, () => undefined);
  });
}
