import type { Mirror, Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import { routableSplit } from '../../routable-split.ts';
import { changes, refuseMalformed, splitSchema } from '../accept-split.ts';

const mirror: Mirror = {
  version: 'v2',
  addresses: ['127.0.0.1:1002', '127.0.0.1:1003'],
  share: 50,
  methods: ['GET', 'HEAD'],
  compare: { body: { only: ['$.items[*].id'], ignore: ['$.at'] } },
};
const split = (changed: Partial<Mirror> | null): Split => ({
  revision: 3,
  backends: { v1: { weight: 100, addresses: ['127.0.0.1:1001'] } },
  mirror: changed === null ? null : { ...mirror, ...changed },
});
const comparing = (only: readonly string[]): Partial<Mirror> => ({ compare: { body: { only, ignore: [] } } });

describe('a mirror', () => {
  it.each<[string, Partial<Mirror> | null]>([
    ['of all it may have', {}],
    ['that compares statuses only', { compare: { body: null } }],
    ['that compares whole bodies', { compare: { body: { only: [], ignore: [] } } }],
    ['of everything', { share: 100, methods: ['POST', 'PROPFIND', 'QUERY'] }],
    ['that is none', null],
  ])('%s passes', (_what, changed) => {
    expect(refuseMalformed(split(changed))).toBeUndefined();
    expect(splitSchema.parse(split(changed))).toEqual(split(changed));
  });

  it.each<[Partial<Mirror>, RegExp]>([
    [{ version: 'v1' }, /v1 is mirrored to and routed to/],
    [{ addresses: [] }, /v2 .* no ready instance/],
    [{ addresses: ['127.0.0.1'] }, /address 127.0.0.1: it must be host:port/],
    [{ addresses: ['http://a:80/'] }, /it must be host:port/],
    [{ share: 0 }, /share is 0/],
    [{ share: 0.5 }, /share is 0.5/],
    [{ share: 101 }, /share is 101/],
    [{ share: Number.NaN }, /share is NaN/],
    [{ methods: [] }, /no method/],
    [{ methods: ['get'] }, /method get/],
    [{ methods: ['CONNECT'] }, /method CONNECT/],
    [comparing(['items']), /compares items: that is not a JSONPath/],
    [comparing(['$.items[']), /not a JSONPath/],
    [comparing([`$${'.a'.repeat(600)}`]), /not a JSONPath/],
    [comparing(Array.from({ length: 51 }, () => '$.a')), /out of bounds/],
    [{ version: 'v'.repeat(201) }, /out of bounds/],
  ])('%o is refused', (changed, message) => {
    expect(() => refuseMalformed(split(changed))).toThrow(TerminalError);
    expect(() => refuseMalformed(split(changed))).toThrow(message);
  });

  it('is a part of what a revision means', () => {
    expect(changes(split({}), split({ addresses: mirror.addresses.toReversed() }))).toBe(false);
    expect(changes(split(null), { ...split(null), revision: 4 })).toBe(true);
    const { mirror: _none, ...without } = split(null);
    expect(changes(without, split(null))).toBe(false);
    for (const other of [split(null), split({ share: 10 }), split({ addresses: ['127.0.0.1:1002'] })]) {
      expect(() => changes(split({}), other)).toThrow(/raise the revision/);
    }
  });

  it('is refused by name for a router that makes no copies', () => {
    expect(() => routableSplit(split({}), 'HAProxy')).toThrow(TerminalError);
    expect(() => routableSplit(split({}), 'HAProxy')).toThrow(/HAProxy makes no copies of requests for v2/);
    const { mirror: _none, ...without } = split(null);
    expect(routableSplit(split(null), 'HAProxy')).toEqual(without);
  });
});
