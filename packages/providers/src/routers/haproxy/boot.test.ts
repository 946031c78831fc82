import { expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import { ofThisBoot, requestsSeen } from './boot.ts';
import { noCounters } from './counters.ts';
import { nothingStored } from './stored-split.ts';
import { backendOf, servingServer } from './testing/servers.ts';

const now = 1_000_000_000;
const counted = { ...noCounters, stot: 7 };
const stored = {
  ...nothingStored,
  slots: { slot1: { version: 'v1', address: '127.0.0.1:1001', base: counted } },
  past: { v0: counted },
  boot: { id: '5-1', pid: 5, startedAt: now - 60_000 },
};
const backend = (changed: Partial<Backend> = {}, stot = 9): Backend => ({
  ...backendOf({ ...servingServer('slot1', '127.0.0.1:1001', 100), counters: { ...noCounters, stot } }),
  ...changed,
});
const seen = { slot1: 9, slot2: 3 };

it.each<[string, Backend]>([
  ['the same', backend()],
  ['a second rounded up', backend({ uptimeSeconds: 59 })],
  ['a second rounded down', backend({ uptimeSeconds: 61 })],
  ['more requests', backend({}, 10)],
])('%s is the same HAProxy', (_what, answering) => {
  expect(ofThisBoot(stored, { backend: answering, seen, now })).toBe(stored);
});

it.each<[string, Backend, number]>([
  ['another process', backend({ pid: 6 }), 0],
  ['another process, with more requests', backend({ pid: 6 }, 50), 0],
  ['fewer requests than it was seen to have', backend({}, 8), 0],
  ['the same process number, started later', backend({ uptimeSeconds: 5 }, 50), 50],
  ['the same process number, on another day', backend({ uptimeSeconds: 90_000 }, 50), 50],
  ['the same process number, started later, with fewer requests', backend({ uptimeSeconds: 5 }, 2), 0],
])('%s is another count', (_what, answering, base) => {
  const after = ofThisBoot(stored, { backend: answering, seen, now });
  expect(after).toMatchObject({ past: {}, slots: { slot1: { version: 'v1', base: { ...noCounters, stot: base } } } });
  expect(after.boot).toEqual({
    id: `${answering.pid}-${now}`,
    pid: answering.pid,
    startedAt: now - answering.uptimeSeconds * 1_000,
  });
  expect(ofThisBoot(after, { backend: answering, seen: requestsSeen(answering), now })).toBe(after);
});
