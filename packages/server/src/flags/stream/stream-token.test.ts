import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RingKey } from '../keys/key-ring.ts';
import { keyOfToken, streamToken, windowOf } from './stream-token.ts';

const MINUTE = 60_000;
const NOW = 1_800_000 * 1_000;
const KEY: RingKey = {
  id: '6f1c2a3e-key',
  set: 'shop.production',
  kind: 'client',
  createdBy: 'ada',
  createdAt: 1,
  hash: 'a'.repeat(64),
};
const token = streamToken(KEY, windowOf(NOW));
const find = (id: string): RingKey | null => (id === KEY.id ? KEY : null);

describe('a token of a stream', () => {
  it.each([
    ['at once', 0, true],
    ['after a quarter of an hour', 15, true],
    ['just before the second quarter is over', 29, true],
    ['after half an hour', 30, false],
    ['on a server whose clock is behind', -1, true],
    ['long before it was made', -16, false],
  ])('opens %s: %j minutes later', (_when, minutes, opens) => {
    expect(NOW % (15 * MINUTE)).toBe(0);
    expect(keyOfToken(token, NOW + minutes * MINUTE, find) === KEY).toBe(opens);
  });

  it('is the same for a quarter of an hour, and on every server', () => {
    expect(streamToken(KEY, windowOf(NOW + 14 * MINUTE))).toBe(token);
    expect(streamToken({ ...KEY }, windowOf(NOW))).toBe(token);
    expect(streamToken(KEY, windowOf(NOW + 15 * MINUTE))).not.toBe(token);
  });

  it('says nothing of the key', () => {
    expect(token).not.toContain(KEY.hash);
  });

  it.each([
    ['revoked', () => null],
    ['another one under the same id', () => ({ ...KEY, hash: 'b'.repeat(64) })],
  ])('opens nothing where its key is %s', (_what, other) => {
    expect(keyOfToken(token, NOW, other)).toBeNull();
  });

  it('opens with no character changed', () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('a', 'B', '0', '-', '!', ' ', 'é'), (at, other) => {
        const changed = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
        if (changed === token) return;
        expect(keyOfToken(changed, NOW, find)).toBeNull();
      }),
    );
  });

  it('is never mistaken for another text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => keyOfToken(text, NOW, () => KEY) === null));
  });
});
