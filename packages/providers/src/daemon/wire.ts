import type { Json } from '@slipway/provider-kit';
import { z } from 'zod';

/**
 * One request a connection: the client writes a line of JSON, the daemon answers with one and ends. Closing the connection
 * early aborts the request. `hello` and `stop` are understood across versions, everything else only by the same version.
 */
export const daemonProtocol = 1;

export const maxRequestBytes = 4_000_000;
export const maxReplyBytes = 16_000_000;

const json: z.ZodType<Json> = z.json();

export const daemonRequest = z.object({
  protocol: z.int(),
  version: z.int(),
  method: z.string().max(100),
  params: json,
});
export type DaemonRequest = z.infer<typeof daemonRequest>;

export const daemonReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), result: json }),
  z.object({ kind: z.literal('terminal'), message: z.string() }),
  z.object({ kind: z.literal('retryable'), message: z.string(), retryAfterMs: z.number().nullable() }),
]);
export type DaemonReply = z.infer<typeof daemonReply>;

export const helloResult = z.object({
  name: z.string(),
  pid: z.int(),
  startedAt: z.number(),
  protocol: z.int(),
  version: z.int(),
});
export type HelloResult = z.infer<typeof helloResult>;

/** The environment variable that carries a daemon its start; taken out of its environment before anything else runs. */
export const startVariable = 'SLIPWAY_DAEMON';
export const daemonStart = z.object({ directory: z.string(), name: z.string(), settings: json });

/** A daemon that finds the lock held leaves with this code (EX_TEMPFAIL): another one lives, nothing is wrong. */
export const anotherLives = 75;
