import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { answerHeaders, requestHeaders } from './headers.ts';

const hop = {
  'keep-alive': 'timeout=5',
  'proxy-authenticate': 'Basic',
  'proxy-authorization': 'Basic x',
  'proxy-connection': 'keep-alive',
  te: 'trailers',
  trailer: 'x-sum',
  'transfer-encoding': 'chunked',
  upgrade: 'h2c',
};

const received = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  requestHeaders({ headers, socket: { remoteAddress: '10.0.0.9' } } as IncomingMessage);

describe('requestHeaders', () => {
  it.each<[string, IncomingHttpHeaders, IncomingHttpHeaders]>([
    ['end to end', { accept: '*/*', cookie: 'a=1' }, { accept: '*/*', cookie: 'a=1' }],
    ['of one hop', { ...hop, connection: 'keep-alive', a: '1' }, { a: '1' }],
    ['that Connection names', { connection: 'Upgrade, HTTP2-Settings', 'http2-settings': 'x', a: '1' }, { a: '1' }],
    ['that Node answered', { expect: '100-continue', 'content-length': '3' }, { 'content-length': '3' }],
  ])('headers %s', (_what, headers, kept) => {
    expect(received(headers)).toEqual({ ...kept, 'x-forwarded-for': '10.0.0.9', 'x-forwarded-proto': 'http' });
  });

  it('adds to what proxies before us said', () => {
    const said = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example' };
    expect(received({ ...said, host: 'inner' })).toEqual({
      ...said,
      host: 'inner',
      'x-forwarded-for': '1.2.3.4, 10.0.0.9',
    });
    expect(received({ host: 'shop.example' })).toMatchObject({
      host: 'shop.example',
      'x-forwarded-host': 'shop.example',
    });
  });
});

describe('answerHeaders', () => {
  const added = new Map([
    ['set-cookie', 'sid=1'],
    ['x-version', 'v2'],
  ]);
  it.each<[string, IncomingHttpHeaders, ReturnType<typeof answerHeaders>]>([
    ['ours', {}, { 'set-cookie': ['sid=1'], 'x-version': 'v2' }],
    [
      "ours beside the version's cookies",
      { 'set-cookie': ['a=1', 'b=2'] },
      { 'set-cookie': ['a=1', 'b=2', 'sid=1'], 'x-version': 'v2' },
    ],
    ['ours, not what the version claims', { 'x-version': 'v1' }, { 'set-cookie': ['sid=1'], 'x-version': 'v2' }],
    [
      'none of one hop',
      { ...hop, connection: 'close', a: '1' },
      { a: '1', 'set-cookie': ['sid=1'], 'x-version': 'v2' },
    ],
  ])('%s', (_what, headers, kept) => {
    expect(answerHeaders(headers, added)).toEqual(kept);
  });
});
