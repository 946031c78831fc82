// Clients of a flag set, each with a stream of its own, that ask anew whenever they are told to. A process of its own.
import { connect } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { answerQuestions, orderOf } from '../../process/answering.ts';
import type { FollowersOrder, Seen } from './followers.ts';
import { KeptConnections } from './kept-connections.ts';

interface Bulk {
  readonly flags: readonly { readonly key: string; readonly variant?: string }[];
  readonly eventStreams: readonly { readonly endpoint: { readonly requestUri: string } }[];
}

/** Streams that are opened at a time: a listening socket has room for some hundreds. */
const AT_ONCE = 100;

const { port, key, flag, clients, connections } = orderOf<FollowersOrder>();
const kept = new KeptConnections(port, connections);
let wanted = '';
let seen = new Map<number, number>();
let broken = 0;

answerQuestions({
  /** Resolves when every stream is open. */
  follow: async () => {
    const { eventStreams } = await evaluate(0, '');
    const path = eventStreams[0]?.endpoint.requestUri ?? '';
    for (let first = 0; first < clients; first += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, clients - first) }, (_, index) => first + index);
      await Promise.all(some.map((client) => openStream(client, path)));
    }
  },
  /** From now on it is this variant that counts. */
  expect: (variant: string) => {
    wanted = variant;
    seen = new Map();
  },
  /** Resolves when all have it, or after so many milliseconds. */
  seen: async (patience: number): Promise<Seen> => {
    const deadline = performance.now() + patience;
    while (seen.size < clients && performance.now() < deadline) await pass(5);
    return { times: [...seen.values()], clients, broken };
  },
});

/** A stream that is not there fails the whole: a client that nobody tells of is lost. */
function openStream(client: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\naccept: text/event-stream\r\n\r\n`);
    });
    let unread = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      const parts = (unread + text).split('\n\n');
      unread = parts.pop() ?? '';
      for (const part of parts) {
        resolve();
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (data !== undefined) void refetch(client, data);
      }
    });
    socket.on('error', reject).on('close', () => {
      broken += 1;
      reject(new Error('the server closed a stream'));
    });
  });
}

async function refetch(client: number, data: string): Promise<void> {
  const { etag = '', lastModified = '' } = JSON.parse(data) as { etag?: string; lastModified?: string | number };
  const told = new URLSearchParams({ flagConfigEtag: etag, flagConfigLastModified: String(lastModified) });
  const { flags } = await evaluate(client, `?${told.toString()}`);
  if (flags.some((each) => each.key === flag && each.variant === wanted) && !seen.has(client))
    seen.set(client, performance.timeOrigin + performance.now());
}

async function evaluate(client: number, query: string): Promise<Bulk> {
  const body = JSON.stringify({ context: { targetingKey: `client-${process.pid}-${client}`, country: 'fr' } });
  const head = `POST /ofrep/v1/evaluate/flags${query} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${key}`;
  const rest = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const answer = await kept.ask(`${head}\r\n${rest}`);
  if (answer.status !== 200) throw new Error(`the evaluation was answered with ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body) as Bulk;
}
