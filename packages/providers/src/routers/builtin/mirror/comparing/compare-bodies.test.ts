import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { BodyProjection } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import { maxDecodedBytes } from '../limits.ts';
import type { BodyOfAnswer, BodyVerdict } from './compare-bodies.ts';
import { compareBodies } from './compare-bodies.ts';

const whole: BodyProjection = { only: [], ignore: [] };
const same: BodyVerdict = { kind: 'same' };
const at = (path: string | null): BodyVerdict => ({ kind: 'different', at: path });

const body = (bytes: string | Uint8Array, contentType: string, contentEncoding = ''): BodyOfAnswer => ({
  bytes: Buffer.from(bytes),
  contentType,
  contentEncoding,
});
const json = (text: string): BodyOfAnswer => body(text, 'application/json; charset=utf-8');
const compareJson = (one: string, other: string, projection: Partial<BodyProjection> = {}): BodyVerdict =>
  compareBodies(json(one), json(other), { ...whole, ...projection });

describe('JSON', () => {
  it.each<[string, string, BodyVerdict]>([
    ['{"a":1,"b":[1,2]}', '{ "b": [1, 2], "a": 1.0 }', same],
    ['{"a":"\\u0041"}', '{"a":"A"}', same],
    ['[]', '[ ]', same],
    ['{"a":1}', '{"a":2}', at('$.a')],
    ['{"a":1}', '{"a":"1"}', at('$.a')],
    ['{"a":null}', '{}', at('$.a')],
    ['{}', '{"a":null}', at('$.a')],
    ['{"a":[]}', '{"a":{}}', at('$.a')],
    ['{"a":[{"b":1},{"b":2}]}', '{"a":[{"b":1},{"b":3}]}', at('$.a[1].b')],
    ['[1,2]', '[1,2,3]', at('$[2]')],
    ['[1,2,3]', '[1,2]', at('$[2]')],
    ['[1,2]', '[2,1]', at('$[0]')],
    ['1', '2', at('$')],
    ['{"id":9007199254740993}', '{"id":9007199254740992}', at('$.id')],
    ['{"id":9007199254740993}', '{"id": 9007199254740993}', same],
    ['{"n":1e400}', '{"n":1e500}', at('$.n')],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}', at('$.__proto__.a')],
    ['{"__proto__":{"a":1}}', '{}', at('$.__proto__')],
    ['{"jane@shop.example":{"age":1}}', '{"jane@shop.example":{"age":2}}', at('$[*].age')],
    ['{"x-y":1}', '{"x-y":2}', at("$['x-y']")],
  ])('%s and %s', (one, other, verdict) => {
    expect(compareJson(one, other)).toEqual(verdict);
  });

  it.each<[string, string, Partial<BodyProjection>, BodyVerdict]>([
    ['{"at":1,"a":2}', '{"at":9,"a":2}', { ignore: ['$.at'] }, same],
    ['{"at":1,"a":2}', '{"a":2}', { ignore: ['$.at'] }, same],
    ['{"at":1,"a":2}', '{"at":9,"a":3}', { ignore: ['$.at'] }, at('$.a')],
    ['{"l":[{"t":1,"v":1},{"t":2,"v":2}]}', '{"l":[{"t":3,"v":1},{"t":4,"v":2}]}', { ignore: ['$..t'] }, same],
    ['{"l":[{"ad":1},{"v":1}]}', '{"l":[{"v":1},{"ad":2},{"ad":3}]}', { ignore: ['$.l[?@.ad]'] }, same],
    ['{"l":[{"ad":1},{"v":1}]}', '{"l":[{"v":2},{"ad":2}]}', { ignore: ['$.l[?@.ad]'] }, at('$.l[0].v')],
    ['{"a":1,"b":1}', '{"a":1,"b":2}', { only: ['$.a'] }, same],
    ['{"a":1,"b":1}', '{"a":2,"b":1}', { only: ['$.a', '$.b'] }, at('$.a')],
    ['{"a":1,"b":2}', '{"b":2,"a":1,"c":3}', { only: ['$.a', '$.b'] }, same],
    ['{"a":{"x":1,"t":1}}', '{"a":{"x":1,"t":2}}', { only: ['$.a'], ignore: ['$.a.t'] }, same],
    ['{"a":1}', '{"b":1}', { only: ['$.a'] }, at('$')],
    ['{"l":[[1,2],[3]]}', '{"l":[[1,2],[4]]}', { only: ['$.l[*]'] }, at('$.l[1][0]')],
    ['{"it\'s":{"\\\\":1,"a\\nb":1}}', '{"it\'s":{"\\\\":2,"a\\nb":1}}', { ignore: ["$['it\\'s']['\\\\']"] }, same],
    ['{"a\\nb":1,"c":1}', '{"a\\nb":1,"c":2}', { only: ['$["a\\nb"]'] }, same],
    ['{"a\\u0001b":1,"c":1}', '{"a\\u0001b":2,"c":2}', { only: ['$["a\\u0001b"]'] }, at('$[*]')],
  ])('%s and %s by %j', (one, other, projection, verdict) => {
    expect(compareJson(one, other, projection)).toEqual(verdict);
  });

  it.each<[Partial<BodyProjection>]>([
    [{ only: ['$.totl'] }],
    [{ ignore: ['$'] }],
    [{ only: ['$.a'], ignore: ['$.a'] }],
  ])('does not take it for agreement that %j selects nothing', (projection) => {
    expect(compareJson('{"a":1}', '{"a":1}', projection)).toEqual({ kind: 'nothing' });
  });

  it('names a place without what may be a value, and bounded', () => {
    const nested = (value: number): string => `${'{"a":'.repeat(100)}${value}${'}'.repeat(100)}`;
    expect(compareJson(nested(1), nested(2))).toEqual(at(`$${'.a'.repeat(20)}..*`));
    expect(compareJson(`{"${'k'.repeat(33)}":1}`, `{"${'k'.repeat(33)}":2}`)).toEqual(at('$[*]'));
  });

  it('of more depth than a function can call itself is compared as bytes', () => {
    const deep = (inner: string): string => `${'['.repeat(200_000)}${inner}${']'.repeat(200_000)}`;
    expect(compareJson(deep(''), deep(''))).toEqual(same);
    expect(compareJson(deep('1'), deep('2'))).toEqual(at(null));
  });
});

describe('anything else', () => {
  it.each<[string, BodyOfAnswer, BodyOfAnswer, BodyVerdict]>([
    ['text', body('a', 'text/html'), body('a', 'text/html'), same],
    ['other text', body('a', 'text/html'), body('b', 'text/html'), at(null)],
    ['JSON that says it is text', body('{"a":1}', 'text/plain'), body('{ "a":1}', 'text/plain'), at(null)],
    ['JSON on one side', json('{"a":1}'), body('{"a": 1}', 'text/html'), at(null)],
    ['JSON that is broken on one side', json('{"a":1}'), json('{"a":'), at(null)],
    ['what only calls itself JSON', json('no'), json('no'), same],
    ['JSON of broken letters', json('"a"'), body(Buffer.from([0x22, 0xff, 0x22]), 'application/json'), at(null)],
    ['JSON of a kind of its own', body('{"a":1}', 'application/problem+json'), json('{ "a":1 }'), same],
    ['nothing', json(''), json(''), same],
  ])('%s', (_what, one, other, verdict) => {
    expect(compareBodies(one, other, whole)).toEqual(verdict);
  });
});

describe('content codings', () => {
  const text = '{"a":[1,2,3]}';
  const coded = {
    gzip: gzipSync(text),
    'X-GZIP': gzipSync(text),
    deflate: deflateSync(text),
    br: brotliCompressSync(text),
    zstd: zstdCompressSync(text),
    identity: Buffer.from(text),
  };
  it.each(Object.entries(coded))('undoes %s', (coding, bytes) => {
    const mirror = body(bytes, 'application/json', coding);
    expect(compareBodies(json('{ "a": [1,2,3] }'), mirror, whole)).toEqual(same);
    expect(compareBodies(json('{"a":[1,2,4]}'), mirror, whole)).toEqual(at('$.a[2]'));
  });

  it('compares what it cannot undo as it came', () => {
    const odd = (bytes: string, coding: string) => body(bytes, 'application/json', coding);
    expect(compareBodies(odd('abc', 'dcb'), odd('abc', 'dcb'), whole)).toEqual(same);
    expect(compareBodies(odd('abc', 'dcb'), odd('abd', 'dcb'), whole)).toEqual(at(null));
    expect(compareBodies(body(coded.gzip, 'application/json', 'gzip'), odd('broken', 'gzip'), whole)).toEqual(at(null));
  });

  it('undoes no more than its bound', () => {
    const bomb = body(gzipSync(Buffer.alloc(maxDecodedBytes + 1)), 'text/plain', 'gzip');
    expect(bomb.bytes.length).toBeLessThan(100_000);
    expect(compareBodies(bomb, bomb, whole)).toEqual({ kind: 'tooLarge' });
    const most = body(gzipSync(Buffer.alloc(maxDecodedBytes)), 'text/plain', 'gzip');
    expect(compareBodies(most, most, whole)).toEqual(same);
  });

  it('takes the coded answer to a HEAD for what it is: nothing', () => {
    expect(compareBodies(body('', 'text/html', 'gzip'), body('', 'text/html', 'br'), whole)).toEqual(same);
  });
});
