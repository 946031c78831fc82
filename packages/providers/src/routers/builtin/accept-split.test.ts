import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import { changes, refuseMalformed, splitSchema } from './accept-split.ts';

const a = '127.0.0.1:1001';
const b = '127.0.0.1:1002';
const at = (weight: number, addresses: readonly string[] = [a]) => ({ weight, addresses });

describe('refuseMalformed', () => {
  it.each<[string, Split]>([
    ['all to one', { revision: 1, backends: { v1: at(100) } }],
    ['two', { revision: 9, backends: { v1: at(95), v2: at(5, [a, b]) } }],
    ['thirds', { revision: 1, backends: { v1: at(100 / 3), v2: at(100 / 3), v3: at(100 / 3) } }],
    ['nothing to nobody', { revision: 1, backends: { v1: at(100), v2: at(0, []) } }],
    ['nothing at all', { revision: 1, backends: {} }],
    ['IPv6 and names', { revision: 1, backends: { v1: at(100, ['[::1]:80', 'app.internal:8080']) } }],
  ])('lets %s pass', (_what, split) => {
    expect(refuseMalformed(split)).toBeUndefined();
    expect(splitSchema.parse(split)).toEqual(split);
  });

  it.each<[Split, RegExp]>([
    [{ revision: 0, backends: { v1: at(100) } }, /revision is 0/],
    [{ revision: 1.5, backends: { v1: at(100) } }, /revision is 1.5/],
    [{ revision: 1, backends: { v1: at(99) } }, /add up to 99/],
    [{ revision: 1, backends: { v1: at(60), v2: at(60) } }, /add up to 120/],
    [{ revision: 1, backends: { v1: at(101), v2: at(-1) } }, /weight of v1 is 101/],
    [{ revision: 1, backends: { v1: at(Number.NaN) } }, /weight of v1 is NaN/],
    [{ revision: 1, backends: { v1: at(0), v2: at(0) } }, /add up to 0/],
    [{ revision: 1, backends: { v1: at(95), v2: at(5, []) } }, /v2 is given 5 % .* no ready instance/],
    [{ revision: 1, backends: { v1: at(100, ['localhost']) } }, /address localhost/],
    [{ revision: 1, backends: { v1: at(100, ['http://a:80']) } }, /address http:/],
    [{ revision: 1, backends: { v1: at(100, ['a:0']) } }, /address a:0/],
    [{ revision: 1, backends: { v1: at(100, ['a:80/path']) } }, /address a:80\/path/],
  ])('refuses %o', (split, message) => {
    expect(() => refuseMalformed(split)).toThrow(TerminalError);
    expect(() => refuseMalformed(split)).toThrow(message);
  });
});

describe('changes', () => {
  const now: Split = { revision: 5, backends: { v1: at(90, [a, b]), v2: at(10, [b]) } };
  it.each<[string, Split, boolean]>([
    ['a higher revision', { revision: 6, backends: { v1: at(100) } }, true],
    ['a higher revision with the same content', { ...now, revision: 6 }, true],
    ['the same', structuredClone(now), false],
    ['the same in another order', { revision: 5, backends: { v2: at(10, [b]), v1: at(90, [b, a]) } }, false],
  ])('%s', (_what, next, expected) => {
    expect(changes(now, next)).toBe(expected);
  });

  it.each<[string, Split, RegExp]>([
    ['other weights', { revision: 5, backends: { v1: at(80, [a, b]), v2: at(20, [b]) } }, /raise the revision/],
    ['other addresses', { revision: 5, backends: { v1: at(90, [a]), v2: at(10, [b]) } }, /raise the revision/],
    ['other versions', { revision: 5, backends: { v1: at(100, [a, b]) } }, /raise the revision/],
    ['a lower revision', { revision: 4, backends: now.backends }, /^superseded: .* revision 4, .* revision 5 since$/],
  ])('refuses %s', (_what, next, message) => {
    expect(() => changes(now, next)).toThrow(TerminalError);
    expect(() => changes(now, next)).toThrow(message);
  });
});
