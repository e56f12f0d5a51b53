import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bytesOf, fieldsOf, hexOf, numberOf, textOf } from './protobuf-fields.ts';

/** A span as a collector gets it (opentelemetry/proto/trace/v1/trace.proto). */
export interface CollectedSpan {
  readonly service: string;
  readonly scope: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  /** 2 is an error. */
  readonly status: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A collector of traces on loopback: takes OTLP over HTTP as protobuf, and keeps all that came. */
export interface TraceCollector {
  readonly url: string;
  /** What came, byte for byte. */
  readonly bodies: readonly Buffer[];
  readonly headers: readonly NodeJS.Dict<string | string[]>[];
  spans(): readonly CollectedSpan[];
  close(): Promise<void>;
}

export async function openTraceCollector(): Promise<TraceCollector> {
  const bodies: Buffer[] = [];
  const headers: NodeJS.Dict<string | string[]>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      headers.push(request.headers);
      if (request.url === '/v1/traces') bodies.push(Buffer.concat(chunks));
      response.writeHead(request.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    bodies,
    headers,
    spans: () => bodies.flatMap(spansOf),
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

function spansOf(body: Uint8Array): readonly CollectedSpan[] {
  return bytesOf(fieldsOf(body), 1).flatMap((resourceSpans) => {
    const ofResource = fieldsOf(resourceSpans);
    const resource = fieldsOf(bytesOf(ofResource, 1)[0] ?? new Uint8Array());
    const service = String(attributesOf(bytesOf(resource, 1))['service.name']);
    return bytesOf(ofResource, 2).flatMap((scopeSpans) => {
      const ofScope = fieldsOf(scopeSpans);
      const scope = textOf(fieldsOf(bytesOf(ofScope, 1)[0] ?? new Uint8Array()), 1);
      return bytesOf(ofScope, 2).map((span) => ({ service, scope, ...spanOf(span) }));
    });
  });
}

function spanOf(bytes: Uint8Array): Omit<CollectedSpan, 'service' | 'scope'> {
  const span = fieldsOf(bytes);
  return {
    traceId: hexOf(span, 1),
    spanId: hexOf(span, 2),
    parentId: hexOf(span, 4),
    name: textOf(span, 5),
    kind: numberOf(span, 6),
    attributes: attributesOf(bytesOf(span, 9)),
    status: numberOf(fieldsOf(bytesOf(span, 15)[0] ?? new Uint8Array()), 3),
  };
}

function attributesOf(pairs: readonly Uint8Array[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const fields = fieldsOf(pair);
      return [textOf(fields, 1), valueOf(bytesOf(fields, 2)[0] ?? new Uint8Array())];
    }),
  );
}

/** string 1, bool 2, int 3, array 5; doubles are of no use here. */
function valueOf(bytes: Uint8Array): unknown {
  const fields = fieldsOf(bytes);
  const [field] = fields;
  if (field?.number === 1) return textOf(fields, 1);
  if (field?.number === 2) return numberOf(fields, 2) === 1;
  if (field?.number === 3) return numberOf(fields, 3);
  if (field?.number === 5) return bytesOf(fieldsOf(bytesOf(fields, 5)[0] ?? new Uint8Array()), 1).map(valueOf);
  return undefined;
}
