import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const value = z.object({
  stringValue: z.string().optional(),
  intValue: z.number().optional(),
  doubleValue: z.number().optional(),
});
const attributes = z.array(z.object({ key: z.string(), value }));
const span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  events: z.array(z.object({ name: z.string(), timeUnixNano: z.string(), attributes })),
  status: z.object({ code: z.number(), message: z.string().optional() }),
});
const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ scope: z.object({ name: z.string() }), spans: z.array(span) })),
    }),
  ),
});

export type ReceivedSpan = z.infer<typeof span>;

/** Something on loopback that takes traces as OTLP/HTTP in JSON. */
export interface Collector extends AsyncDisposable {
  /** Its `/v1/traces`. */
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** As they came. */
  readonly bodies: readonly string[];
}

/** `status`: what it answers. */
export async function openCollector(status = 200): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const resources: Readonly<Record<string, unknown>>[] = [];
  const bodies: string[] = [];
  const server = createServer((incoming, answer) => {
    void text(incoming).then((body) => {
      bodies.push(body);
      for (const { resource, scopeSpans } of request.parse(JSON.parse(body)).resourceSpans) {
        resources.push(plain(resource.attributes));
        spans.push(...scopeSpans.flatMap((scope) => scope.spans));
      }
      answer.writeHead(incoming.url === '/v1/traces' ? status : 404, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${port}/v1/traces`, spans, resources, bodies, [Symbol.asyncDispose]: close };
}

/** Attributes as they were before they travelled. */
export function plain(list: z.infer<typeof attributes>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    list.map(({ key, value: each }) => [key, each.stringValue ?? each.intValue ?? each.doubleValue]),
  );
}
