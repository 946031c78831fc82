import { describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import { testContext } from '../testing/test-context.ts';
import { namedServer } from './named-server.ts';

const m = messagesFor('en');
const named = (server: string | undefined) =>
  namedServer({ server }, testContext({ env: { SLIPWAY_TOKEN: 'token' } }), m)?.url.href;

describe('a server that is named', () => {
  test.each<[string, string]>([
    ['localhost:7070', 'http://localhost:7070/'],
    ['127.0.0.1:7070', 'http://127.0.0.1:7070/'],
    ['[::1]:7070', 'http://[::1]:7070/'],
    ['http://localhost:7070', 'http://localhost:7070/'],
    ['https://slipway.example', 'https://slipway.example/'],
  ])('as %s is found at %s', (written, url) => {
    expect(named(written)).toBe(url);
  });

  test.each<[string, string]>([
    ['ftp://example.com', 'ftp://example.com is not a server'],
    ['not a server', 'not a server is not a server'],
    ['http://ada:secret@localhost', 'no name or password in the address'],
    ['ada:secret@localhost', 'no name or password in the address'],
  ])('as %s is refused', (written, words) => {
    expect(() => named(written)).toThrow(words);
  });

  test('is missing for a token file alone', () => {
    expect(() => namedServer({ tokenFile: 'token' }, testContext(), m)).toThrow('no server for it');
  });
});
