import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { expect, it } from 'vitest';
import { noCounters } from './counters.ts';
import { planSplit } from './plan-split.ts';
import type { StoredSplit } from './stored-split.ts';
import { nothingStored } from './stored-split.ts';
import { backendOf, emptyServer } from './testing/servers.ts';

const a = '127.0.0.1:1001';
const b = '127.0.0.1:1002';
const c = '127.0.0.1:1003';
const counted = (stot: number) => ({ ...noCounters, stot });
const split = (backends: Readonly<Record<string, readonly string[]>>): Split => {
  const shares = Object.entries(backends).map(([version, addresses]) => [
    version,
    { weight: 100 / Object.keys(backends).length, addresses },
  ]);
  return { revision: 2, backends: Object.fromEntries(shares) as Split['backends'] };
};
const placed = ({ wanted }: ReturnType<typeof planSplit>) =>
  Object.fromEntries([...wanted].map(([server, { version, address }]) => [server, `${version} ${address}`]));

const servers = [
  emptyServer('s1', { counters: counted(10) }),
  emptyServer('s2', { counters: counted(20), inFlight: 1 }),
  emptyServer('s3', { counters: counted(30) }),
  emptyServer('s4', { counters: counted(40) }),
];
const stored: StoredSplit = {
  ...nothingStored,
  slots: {
    s1: { version: 'v1', address: a, base: counted(1) },
    s2: { version: 'v0', address: b, base: counted(2) },
    s3: { version: 'v0', address: c, base: counted(3) },
  },
  past: { v0: counted(100) },
};

it('leaves an instance on its server, and takes one that was never used for a new one', () => {
  const plan = planSplit(split({ v1: [a], v2: [b] }), stored, backendOf(...servers));
  expect(placed(plan)).toEqual({ s1: `v1 ${a}`, s4: `v2 ${b}` });
  expect(plan.stored.slots['s4']).toEqual({ version: 'v2', address: b, base: counted(40) });
  expect(plan.stored).toMatchObject({ past: stored.past, split: { revision: 2 } });
});

it('takes one where nothing is in flight next, and keeps what its version was counted', () => {
  const plan = planSplit(split({ v1: [a], v2: [b, c] }), stored, backendOf(...servers));
  expect(placed(plan)).toEqual({ s1: `v1 ${a}`, s4: `v2 ${b}`, s3: `v2 ${c}` });
  expect(plan.stored.past).toEqual({ v0: counted(127) });
});

it('takes one with requests in flight rather than none', () => {
  const plan = planSplit(split({ v1: [a], v2: [a, b, c] }), stored, backendOf(...servers));
  expect(Object.keys(placed(plan)).toSorted()).toEqual(['s1', 's2', 's3', 's4']);
  expect(plan.stored.past).toEqual({ v0: counted(145) });
});

it('says how many servers are needed', () => {
  const plan = () => planSplit(split({ v1: [a, b], v2: [a, b, c] }), stored, backendOf(...servers));
  expect(plan).toThrow(TerminalError);
  expect(plan).toThrow('The backend has 4 servers and this split needs 5');
});

it('needs none for a version without traffic, and takes all away where nothing is routed', () => {
  const backends = { v1: { weight: 100, addresses: [a] }, v2: { weight: 0, addresses: [a, b, c, a, b] } };
  expect(placed(planSplit({ revision: 2, backends }, stored, backendOf(...servers)))).toEqual({ s1: `v1 ${a}` });
  expect(placed(planSplit(split({}), stored, backendOf(...servers)))).toEqual({});
});

it('forgets the counts of the oldest versions', () => {
  const past = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`old${index}`, counted(1)]));
  const plan = planSplit(split({ v1: [a], old0: [b] }), { ...stored, past }, backendOf(...servers));
  const kept = Object.keys(plan.stored.past);
  expect(kept).toHaveLength(21);
  expect(kept).toEqual(expect.arrayContaining(['old0', 'old24']));
  expect(kept).not.toContain('old1');
});
