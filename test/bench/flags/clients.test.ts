import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { AnswerReader } from '../../../bench/flags/kill/answer-reader.ts';
import { KeptConnections } from '../../../bench/flags/kill/kept-connections.ts';
import { flagsOf } from '../../../bench/flags/server/flags-of.ts';
import { bigSet } from '../../../bench/flags/size/big-set.ts';
import { parseManagedFlagSet } from '@slipway/flags';

describe('answers off a connection', () => {
  const first = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhéll';
  const both = Buffer.from(
    `${first}HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\n`,
  );
  const answers = [
    { status: 200, body: 'héll' },
    { status: 404, body: '' },
    { status: 304, body: '' },
  ];

  test.each([1, 2, 7, 1_000])('come whole in pieces of %d bytes', (size) => {
    const reader = new AnswerReader();
    const pieces = Array.from({ length: Math.ceil(both.length / size) }, (_, at) =>
      both.subarray(at * size, (at + 1) * size),
    );
    expect(pieces.flatMap((piece) => reader.read(piece))).toEqual(answers);
  });

  test('that do not tell their length are refused', () => {
    const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
    expect(() => new AnswerReader().read(Buffer.from(chunked))).toThrow('does not tell its length');
  });
});

test('more requests than connections wait for their turn, and one that the server cut off is asked again', async () => {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    if (requests === 3) return void request.socket.destroy();
    response.setHeader('content-length', String(request.url?.length)).end(request.url);
  });
  let most = 0;
  server.on('connection', () => server.getConnections((_, count) => (most = Math.max(most, count))));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const kept = new KeptConnections(typeof address === 'object' && address !== null ? address.port : 0, 2);
  const asked = Array.from({ length: 10 }, (_, at) => kept.ask(`GET /${at} HTTP/1.1\r\nhost: here\r\n\r\n`));
  const answers = await Promise.all(asked);
  expect(answers.map(({ body }) => body)).toEqual(asked.map((_, at) => `/${at}`));
  expect(most).toBe(2);
  server.closeAllConnections();
  server.close();
});

test.each([
  ['that are asked for', { flags: flagsOf(100) }, 100],
  ['of a large set', bigSet({ flags: 90, ids: 50 }), 90],
])('the flags %s are ones that the server takes', (_, definition, count) => {
  const parsed = parseManagedFlagSet(JSON.stringify(definition));
  expect(parsed.ok ? Object.keys(parsed.definition.flags) : parsed.problems).toHaveLength(count);
});
