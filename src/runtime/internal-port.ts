import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { request } from 'undici';
import { MedleyError, toRejection } from './errors.ts';

/**
 * A port between two subgraphs that run as separate processes: each method is a POST of its arguments to
 * `/internal/<port>/<method>`, with the shared secret. In one process the same port is a plain call.
 */
type Methods<Port> = {
  readonly [Name in keyof Port]: Port[Name] extends (...args: never[]) => Promise<unknown> ? Name : never;
}[keyof Port];

/** Floats travel as base64, since JSON knows no typed arrays. */
const FLOATS = '$float32';

export function toWire(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each instanceof Float32Array
      ? { [FLOATS]: Buffer.from(each.buffer, each.byteOffset, each.byteLength).toString('base64') }
      : each,
  );
}

export function fromWire(text: string): unknown {
  return JSON.parse(text, (_, each: unknown) => {
    if (typeof each !== 'object' || each === null || !(FLOATS in each)) return each;
    return new Float32Array(new Uint8Array(Buffer.from(String(each[FLOATS]), 'base64')).buffer);
  });
}

/** Serves the named methods of a port to whoever knows the secret. */
export function servePort<Port extends object>(
  app: FastifyInstance,
  { name, port, methods, secret }: PortServing<Port>,
): void {
  const known = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  for (const method of methods)
    known.set(String(method), (port[method] as (...args: unknown[]) => Promise<unknown>).bind(port));
  app.post<{ Params: { method: string } }>(
    `/internal/${name}/:method`,
    { bodyLimit: 20_000_000 },
    async (asked, reply) => {
      const call = known.get(asked.params.method);
      if (!call || !same(asked.headers['x-medley-secret'], secret)) return reply.code(404).send();
      try {
        return await reply
          .type('application/json')
          .send(toWire({ value: await call(...(fromWire(JSON.stringify(asked.body)) as unknown[])) }));
      } catch (error) {
        return await reply.code(500).send(toRejection(error));
      }
    },
  );
}

interface PortServing<Port> {
  readonly name: string;
  readonly port: Port;
  readonly methods: readonly Methods<Port>[];
  readonly secret: string;
}

/** The same port as seen from another process. Rejects when it cannot be reached within `patience` milliseconds. */
export function remotePort<Port extends object>({
  url,
  name,
  methods,
  secret,
  patience = 2000,
}: RemoteSettings<Port>): Port {
  const call = async (method: string, args: readonly unknown[]): Promise<unknown> => {
    const { statusCode, body } = await request(new URL(`/internal/${name}/${method}`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-medley-secret': secret },
      body: toWire(args),
      signal: AbortSignal.timeout(patience),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new MedleyError('INTERNAL', 'Another part of the service failed.');
    return (fromWire(text) as { readonly value: unknown }).value;
  };
  return Object.fromEntries(
    methods.map((method) => [method, (...args: unknown[]) => call(String(method), args)]),
  ) as Port;
}

interface RemoteSettings<Port> {
  readonly url: string;
  readonly name: string;
  readonly methods: readonly Methods<Port>[];
  readonly secret: string;
  readonly patience?: number;
}

function same(came: string | string[] | undefined, secret: string): boolean {
  const [a, b] = [Buffer.from(String(came)), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
