import { expect, it } from 'vitest';
import type { Server } from './backend.ts';
import { noCounters } from './counters.ts';
import { realWeights } from './real-weights.ts';
import type { StoredSplit } from './stored-split.ts';
import { nothingStored } from './stored-split.ts';
import { backendOf, emptyServer, servingServer } from './testing/servers.ts';

const a = '127.0.0.1:1001';
const b = '[::1]:1002';
const slot = (version: string, address: string) => ({ version, address, base: noCounters });
const stored: StoredSplit = {
  ...nothingStored,
  split: { revision: 1, backends: { v1: { weight: 90, addresses: [a] }, v2: { weight: 10, addresses: [b] } } },
  slots: { s1: slot('v1', a), s2: slot('v2', '[0:0:0:0:0:0:0:1]:1002'), s3: slot('v0', a) },
};

it.each<[string, readonly Server[], Readonly<Record<string, number>>]>([
  ['as it was set', [servingServer('s1', a, 180), servingServer('s2', b, 20)], { v1: 90, v2: 10 }],
  ['thirds', [servingServer('s1', a, 2), servingServer('s2', b, 1)], { v1: 66.667, v2: 33.333 }],
  ['nothing, after a restart', [emptyServer('s1'), emptyServer('s2')], { v1: 0, v2: 0 }],
  ['one that is down', [servingServer('s1', a, 180), { ...servingServer('s2', b, 20), share: 0 }], { v1: 100, v2: 0 }],
  ['a slow start', [servingServer('s1', a, 90), { ...servingServer('s2', b, 90), share: 10 }], { v1: 90, v2: 10 }],
  ['an earlier version', [servingServer('s1', a, 50), servingServer('s3', a, 50)], { v1: 50, v2: 0, v0: 50 }],
  ['another address', [servingServer('s1', '127.0.0.1:1', 50)], { v1: 0, v2: 0, 'server s1': 100 }],
  ['a server of nobody', [servingServer('s9', a, 50)], { v1: 0, v2: 0, 'server s9': 100 }],
  [
    'a server with a name that every object has',
    [servingServer('constructor', a, 5)],
    { v1: 0, v2: 0, 'server constructor': 100 },
  ],
])('%s', (_what, servers, expected) => {
  expect(realWeights(stored, backendOf(...servers))).toEqual(expected);
});
