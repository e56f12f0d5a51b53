import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import type { FastifyInstance } from 'fastify';
import { nearer } from '../vocabulary/deadline.ts';
import { currentDeadline } from './current-deadline.ts';
import { ERROR_BOOK, MedleyError, toRejection } from './errors.ts';
import type { ErrorCode, Rejection } from './errors.ts';
import type { Peer } from './peer.ts';
import { fromWire, toWire } from './wire.ts';

/**
 * A port between two subgraphs that run as separate processes: each method is a POST of its arguments to
 * `/internal/<port>/<method>`. In one process the same port is a plain call. Methods are idempotent: a call may be repeated.
 */
type Methods<Port> = {
  readonly [Name in keyof Port]: Port[Name] extends (...args: never[]) => Promise<unknown> ? Name : never;
}[keyof Port];

/** What comes back: a refusal of the error book is an answer, too. */
type Outcome = { readonly value?: unknown } | { readonly rejection: Rejection };

/** The largest call, bytes: a picture of 20 MB is 27 MB of base64. */
const LARGEST = 40_000_000;

interface PortServing<Port> {
  readonly name: string;
  readonly port: Port;
  readonly methods: readonly Methods<Port>[];
}

/** Serves the named methods of a port. Whom to admit is the server's concern. */
export function servePort<Port extends object>(app: FastifyInstance, serving: PortServing<Port>): void {
  const { name, port, methods } = serving;
  const known = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  for (const method of methods)
    known.set(String(method), (port[method] as (...args: unknown[]) => Promise<unknown>).bind(port));
  void app.register((scope, _, done) => {
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: LARGEST }, (_asked, body, parsed) =>
      parsed(null, body),
    );
    scope.post<{ Params: { method: string }; Body: string }>(`/internal/${name}/:method`, async (asked, reply) => {
      const call = known.get(asked.params.method);
      if (!call) return reply.code(404).send();
      return reply.type('application/json').send(toWire(await outcomeOf(call, asked.body)));
    });
    done();
  });
}

async function outcomeOf(call: (...args: unknown[]) => Promise<unknown>, body: string): Promise<Outcome> {
  try {
    return { value: await call(...(fromWire(body) as readonly unknown[])) };
  } catch (error) {
    return { rejection: toRejection(error) };
  }
}

interface RemoteSettings<Port> {
  readonly peer: Peer;
  readonly name: string;
  readonly methods: readonly Methods<Port>[];
  /** How long a call may take, milliseconds; one that belongs to a request, no longer than that one. */
  readonly patience: number;
  /** What a caller is told when the other process cannot be reached. */
  readonly unavailable: ErrorCode;
}

/** Consecutive failures that open the circuit breaker. */
const FAILURES = 2;
/** How long it stays open, milliseconds. */
const REST = 2000;

/**
 * The same port as seen from another process. Throws what the port throws where that is of the error book, and `unavailable`
 * when there is no answer in time.
 */
export function remotePort<Port extends object>(settings: RemoteSettings<Port>): Port {
  const { peer, name, methods, patience, unavailable } = settings;
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: REST, breaker: new ConsecutiveBreaker(FAILURES) });
  const call = async (method: string, args: readonly unknown[]): Promise<unknown> => {
    const path = `/internal/${name}/${method}`;
    const text = await breaker
      .execute(() => peer.post(path, toWire(args), { deadline: nearer(currentDeadline(), patience), repeatable: true }))
      .catch((cause: unknown) => {
        throw new MedleyError(unavailable, ERROR_BOOK[unavailable].meaning, { cause });
      });
    const outcome = fromWire(text) as Outcome;
    if ('rejection' in outcome) throw new MedleyError(outcome.rejection.code, outcome.rejection.message);
    return outcome.value;
  };
  return Object.fromEntries(
    methods.map((method) => [method, (...args: unknown[]) => call(String(method), args)]),
  ) as Port;
}
