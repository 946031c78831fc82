import type { LaunchView } from '@slipway/contract';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Failure } from '../failure.ts';
import { messagesFor } from '../messages/messages-for.ts';
import {
  answer,
  eventOf,
  LaunchServer,
  listen,
  type Listening,
  open,
  refuse,
  type Stream,
  viewOf,
} from '../testing/launch-server.ts';
import { Api } from './api.ts';
import { follow, type Followed, type FollowOptions, type FollowTiming } from './follow.ts';

/** Times that no test waits for: a test that needs one of them to pass sets it. */
const TIMING: FollowTiming = { silence: 3_600_000, first: 1, longest: 1, giveUp: null };

let listening: Listening | null = null;
afterEach(async () => {
  vi.useRealTimers();
  await listening?.close();
  listening = null;
});

async function following(
  server: LaunchServer,
  changes: Partial<FollowOptions> = {},
): Promise<AsyncGenerator<Followed>> {
  listening = await listen(server.handle);
  const { url } = listening;
  const api = new Api(async () => ({ url, token: 'token' }), messagesFor('en'));
  return follow(api, 'shop-1', { signal: new AbortController().signal, now: () => 0, timing: TIMING, ...changes });
}

/** The view's number, where nothing of it was lost or changed on the way. */
function wholeView(view: LaunchView): number {
  expect(view).toEqual(viewOf(view.seq));
  return view.seq;
}

/** The next so many things that were heard: the number of a view, or that the connection was lost. */
async function take(heard: AsyncGenerator<Followed>, count: number): Promise<(number | 'lost')[]> {
  const found: (number | 'lost')[] = [];
  while (found.length < count) {
    const next = await heard.next();
    if (next.done === true) break;
    found.push(next.value.kind === 'view' ? wholeView(next.value.view) : 'lost');
  }
  return found;
}

async function failureOf(heard: AsyncGenerator<Followed>): Promise<Failure> {
  try {
    await take(heard, 100);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('following did not fail');
}

type Piece = string | Uint8Array;

/** Each piece waits until the one before was read: written at once, they would reach the client as one. */
async function sendPieces(response: ServerResponse, parts: readonly Piece[], read: () => Promise<void>): Promise<void> {
  open(response);
  for (const part of parts) {
    const wasRead = read();
    response.write(part);
    await wasRead;
  }
  response.end();
}

const bytes = (text: string): Uint8Array[] => [...Buffer.from(text)].map((byte) => Uint8Array.of(byte));
const EVENT = eventOf(2);
const PRETTY = JSON.stringify(viewOf(2), null, 1).split('\n');

describe('a stream is read', () => {
  test.each<[string, readonly Piece[], (number | 'lost')[]]>([
    ['in one piece', [EVENT], [1, 2, 'lost']],
    ['byte by byte, also inside of a letter', bytes(EVENT), [1, 2, 'lost']],
    ['with CRLF', [EVENT.replaceAll('\n', '\r\n')], [1, 2, 'lost']],
    ['with CRLF byte by byte', bytes(EVENT.replaceAll('\n', '\r\n')), [1, 2, 'lost']],
    ['with CR alone', [EVENT.replaceAll('\n', '\r'), ': \r'], [1, 2, 'lost']],
    ['with a byte order mark', ['\uFEFF', EVENT], [1, 2, 'lost']],
    ['with comments before, in and after an event', [': hi\n\n', `:${EVENT}`, ': hi\n\n', EVENT], [1, 2, 2, 'lost']],
    ['with data on many lines', [`event: view\n${PRETTY.map((line) => `data: ${line}\n`).join('')}\n`], [1, 2, 'lost']],
    ['with two events in one piece', [EVENT + eventOf(3)], [1, 2, 3, 'lost']],
    ['with events of other kinds between', ['event: news\ndata: {}\n\n', 'data: {}\n\n', EVENT], [1, 2, 'lost']],
    ['with fields that it does not know', [`retry: 1\nfoo: bar\n${EVENT}`], [1, 2, 'lost']],
    ['without the event that was cut off', [EVENT, eventOf(3).slice(0, -1)], [1, 2, 'lost']],
  ])('%s', async (_, parts, heard) => {
    let wasRead = Promise.withResolvers<void>();
    const read = (): Promise<void> => (wasRead = Promise.withResolvers<void>()).promise;
    const server = new LaunchServer(({ response }) => void sendPieces(response, parts, read));
    // The clock is read with each piece.
    const now = (): number => {
      wasRead.resolve();
      return 0;
    };
    expect(await take(await following(server, { now }), heard.length)).toEqual(heard);
  });
});

describe('a connection that is lost is made again, without a gap and without a double', () => {
  const stay = ({ response, catchUp }: { response: ServerResponse; catchUp: () => void }): void => {
    open(response);
    catchUp();
  };

  test.each<[string, (response: ServerResponse) => void]>([
    ['the server ends the stream', (response) => response.end()],
    ['the socket closes', (response) => response.destroy()],
  ])('after %s', async (_, end) => {
    const server = new LaunchServer(({ response }) => {
      open(response);
      server.newest = 4;
      response.write(eventOf(2));
      // Only what was sent before counts: the client must not lose it with the connection.
      response.write(': end\n\n', () => end(response));
    }, stay);
    server.look = (response) => {
      answer(response, 200, viewOf(server.newest));
      // One more happens between the look and the stream.
      if (server.newest === 4) server.newest = 5;
    };
    expect(await take(await following(server), 5)).toEqual([1, 2, 'lost', 4, 5]);
    expect(server.seen).toEqual(['1', '4']);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['503', (response) => refuse(response, 503, 'unavailable')],
    ['502 of a proxy', (response) => answer(response, 502, '<h1>Bad gateway</h1>')],
    [
      'an answer that breaks off',
      (response) => response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
    ],
    ['a socket that closes', (response) => response.destroy()],
  ])('after %s, for the launch and for the stream', async (_, fail) => {
    const server = new LaunchServer(({ response }) => fail(response), stay);
    server.look = (response) => {
      if (server.looks === 1) fail(response);
      else answer(response, 200, viewOf(server.newest));
      // What happens while nothing is connected, and then between the look and the stream.
      if (server.looks > 1) server.newest = server.looks;
    };
    const heard = await following(server);
    expect(await take(heard, 5)).toEqual(['lost', 1, 'lost', 2, 3]);
    expect(server.seen).toEqual(['1', '2']);
  });

  const SILENCE = 20_000;
  const pass = (): void => void vi.advanceTimersByTime(SILENCE);

  test.each<[string, (server: LaunchServer, response: ServerResponse) => void, (number | 'lost')[]]>([
    [
      'the answer that opens the stream',
      (server) => {
        server.newest = 2;
        pass();
      },
      [1, 'lost', 2],
    ],
    [
      'the launch itself',
      (server, response) => {
        server.look = pass;
        response.destroy();
      },
      [1, 'lost', 'lost', 'lost'],
    ],
  ])('after %s is silent for longer than allowed', async (_, silent, heard) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const server = new LaunchServer(({ response }) => silent(server, response), stay);
    const timing = { ...TIMING, silence: SILENCE };
    expect(await take(await following(server, { timing }), heard.length)).toEqual(heard);
  });

  test('says why, and when it last heard', async () => {
    const times = [100, 200, 300];
    const server = new LaunchServer(({ response }) => refuse(response, 503, 'unavailable'));
    const heard = await following(server, { now: () => times.shift() ?? 400 });
    await take(heard, 1);
    const lost = await heard.next();
    expect(lost.value).toEqual({ kind: 'lost', at: 200, reason: 'refused as unavailable' });
  });

  test('gives the reason alone: it is tried again without anybody', async () => {
    const breakOff = ({ response }: Stream): void => {
      open(response);
      response.write(': here\n\n', () => response.destroy());
    };
    const heard = await following(new LaunchServer(breakOff));
    await take(heard, 1);
    const { value } = await heard.next();
    expect(value).toMatchObject({ kind: 'lost', reason: expect.stringMatching(/^the connection broke off: [^.]*$/) });
  });

  test('by too many screens is tried again: one of them may be closed', async () => {
    const server = new LaunchServer(({ response }) => refuse(response, 429, 'too-many'));
    expect(await take(await following(server), 3)).toEqual([1, 'lost', 1]);
  });

  test('unless heartbeats come: then silence is not loss', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let chunks = 0;
    const opened = Promise.withResolvers<ServerResponse>();
    const server = new LaunchServer(({ response }) => {
      open(response);
      opened.resolve(response);
    });
    const now = (): number => (chunks += 1);
    const heard = await following(server, { timing: { ...TIMING, silence: SILENCE }, now });
    await take(heard, 1);
    const second = take(heard, 1);
    const response = await opened.promise;
    for (let beat = 0; beat < 4; beat += 1) {
      const before = chunks;
      response.write(': still here\n\n');
      await expect.poll(() => chunks, { interval: 1 }).toBeGreaterThan(before);
      await vi.advanceTimersByTimeAsync(15_000);
    }
    response.write(EVENT);
    expect(await second).toEqual([2]);
    expect(server.seen).toEqual(['1']);
    const third = take(heard, 2);
    await vi.advanceTimersByTimeAsync(SILENCE);
    expect(await third).toEqual(['lost', 1]);
  });
});

describe('following ends', () => {
  test('after the time that it says, counted from the last sign of life', async () => {
    let clock = 0;
    const server = new LaunchServer(({ response }) => refuse(response, 503, 'unavailable'));
    server.look = (response) => {
      clock += 10_000;
      if (server.looks === 3) answer(response, 200, viewOf(1));
      else refuse(response, 503, 'unavailable');
    };
    const heard = await following(server, { now: () => clock, timing: { ...TIMING, giveUp: 25_000 } });
    // Ten seconds pass with each look: the sign of life is in the third one, and the sixth is 30 seconds later.
    expect(await take(heard, 6)).toEqual(['lost', 'lost', 1, 'lost', 'lost', 'lost']);
    const failure = await failureOf(heard);
    expect(failure.code).toBe('unavailable');
    expect(failure.message).toBe('gave up watching: refused as unavailable. The launch may go on; try slipway status');
    expect(server.looks).toBe(6);
  });

  test.each<[string, (response: ServerResponse) => void, Failure['code'], string]>([
    ['401', (response) => refuse(response, 401, 'unauthenticated'), 'unauthenticated', 'set SLIPWAY_TOKEN'],
    ['401 of a proxy', (response) => answer(response, 401, '<p>'), 'unauthenticated', 'answered 401'],
    ['403', (response) => refuse(response, 403, 'not-allowed'), 'not-allowed', 'refused as not-allowed'],
    ['404', (response) => refuse(response, 404, 'not-found'), 'not-found', 'refused as not-found'],
    ['404 of a proxy', (response) => answer(response, 404, '<p>'), 'internal', 'check --server'],
  ])('at once after %s, for the launch and for the stream', async (_, fail, code, words) => {
    const server = new LaunchServer(({ response }) => fail(response));
    const streaming = await failureOf(await following(server));
    expect([streaming.code, server.looks, server.seen.length]).toEqual([code, 1, 1]);
    expect(streaming.message).toContain(words);
    await listening?.close();
    server.look = fail;
    const looking = await failureOf(await following(server));
    expect([looking.code, server.looks, server.seen.length]).toEqual([code, 2, 1]);
  });

  test.each<[string, (send: (text: string) => void) => void, string]>([
    ['data that is no JSON', (send) => send('event: view\ndata: {"seq": \n\n'), 'the answer of stream is not JSON'],
    [
      'data of another version',
      (send) => send('event: view\ndata: {"seq": 1}\n\n'),
      'is not of this version of Slipway',
    ],
    ['a line without an end', (send) => flood(send, 'data: '), 'is larger than 16777216 bytes and was not read'],
    [
      'an event without an end',
      (send) => flood(send, 'data: \ndata: '),
      'is larger than 16777216 bytes and was not read',
    ],
  ])('at %s, by its name', async (_, act, words) => {
    const server = new LaunchServer(({ response }) => {
      open(response);
      act((text) => response.write(text));
    });
    const failure = await failureOf(await following(server));
    expect(failure.code).toBe('internal');
    expect(failure.message).toContain(words);
    expect(server.seen).toHaveLength(1);
  });

  /** A little more than is kept, as many chunks. */
  function flood(send: (text: string) => void, start: string): void {
    send(`event: view\n${start}`);
    for (let sent = 0; sent < 17; sent += 1) send('x'.repeat(1024 * 1024));
  }
});

describe('an abort ends following at once and in silence', () => {
  const never: FollowTiming = { ...TIMING, first: 3_600_000, longest: 3_600_000 };

  test.each<[string, LaunchServer, number]>([
    ['while the stream is silent', new LaunchServer(({ response }) => open(response)), 1],
    ['while the stream is not opened', new LaunchServer(() => undefined), 1],
    ['while it waits to connect again', new LaunchServer(({ response }) => response.destroy()), 2],
  ])('%s', async (_, server, heardBefore) => {
    const stop = new AbortController();
    const heard = await following(server, { signal: stop.signal, timing: never });
    await take(heard, heardBefore);
    const rest = take(heard, 1);
    await expect.poll(() => server.seen.length, { interval: 1 }).toBe(1);
    stop.abort();
    expect(await rest).toEqual([]);
  });

  test('while the launch is not answered', async () => {
    const server = new LaunchServer();
    server.look = () => stop.abort();
    const stop = new AbortController();
    expect(await take(await following(server, { signal: stop.signal, timing: never }), 1)).toEqual([]);
    expect(server.looks).toBe(1);
  });

  test('and before it has begun, nothing is asked', async () => {
    const server = new LaunchServer();
    expect(await take(await following(server, { signal: AbortSignal.abort() }), 1)).toEqual([]);
    expect(server.looks).toBe(0);
  });
});

test('who stops listening leaves no connection open', async () => {
  const closed = Promise.withResolvers<void>();
  const server = new LaunchServer(({ response }) => {
    response.on('close', () => closed.resolve());
    open(response);
    response.write(EVENT);
  });
  for await (const heard of await following(server)) if (heard.kind === 'view' && heard.view.seq === 2) break;
  await closed.promise;
  expect(server.seen).toEqual(['1']);
});
