import type { ShiftWork } from '@slipway/core';
import { type RouterProvider, type Split, type TargetProvider, TerminalError } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { sampleContext } from '../testing/sample-context.ts';
import { accessTo } from '../testing/sample-launch.ts';
import { shiftHandler } from './shift.ts';

const mirror = {
  version: '2.0.0',
  share: 10,
  methods: ['GET', 'HEAD'],
  compare: { body: { only: [], ignore: ['$.now'] } },
};
const dark: ShiftWork = { kind: 'shift', environment: 'production', weights: { '1.0.0': 100 }, mirror };

const instance = (id: string, ready = true) => ({ id, address: `127.0.0.1:${id}`, ready, restarts: 0 });

async function shift(work: ShiftWork, { mirrors = true, newReady = true } = {}) {
  const splits: Split[] = [];
  const router: RouterProvider = {
    kind: 'router',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    mirrors,
    inspect: async () => ({ weights: { '1.0.0': 100 }, revision: 7, address: 'http://127.0.0.1:1' }),
    shift: async (_config, _place, split) => {
      splits.push(split);
      return { weights: { '1.0.0': 100 }, revision: split.revision, address: 'http://127.0.0.1:1' };
    },
    counts: () => Promise.reject(new Error('nobody asked')),
  };
  const versions = [
    { version: '1.0.0', instances: [instance('1'), instance('2')] },
    { version: '2.0.0', instances: [instance('3', newReady), instance('4', false)] },
  ];
  const target: TargetProvider = {
    kind: 'target',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    inspect: async () => ({ versions }),
    start: () => Promise.reject(new Error('nobody asked')),
    restore: () => Promise.reject(new Error('nobody asked')),
    stop: () => Promise.reject(new Error('nobody asked')),
  };
  const access = accessTo({ routers: { fake: router }, targets: { fake: target } });
  const ended = await shiftHandler(access)
    .run(work, sampleContext(work))
    .catch((error: unknown) => error);
  return { splits, ended };
}

test('copies go to the ready instances of the new version, and all traffic stays', async () => {
  const { splits, ended } = await shift(dark);
  const backends = { '1.0.0': { weight: 100, addresses: ['127.0.0.1:1', '127.0.0.1:2'] } };
  expect(splits).toEqual([{ revision: 8, backends, mirror: { ...mirror, addresses: ['127.0.0.1:3'] } }]);
  expect(ended).toMatchObject({
    evidence: { summary: 'production: 100 % on 1.0.0; copies of 10 % of GET, HEAD to 2.0.0' },
  });
});

test('a split without a mirror ends the copies', async () => {
  const { mirror: _, ...plain } = dark;
  const { splits } = await shift(plain);
  expect(splits).toMatchObject([{ revision: 8 }]);
  expect(splits[0]).not.toHaveProperty('mirror');
});

test('a router that would take the split and copy nothing is not asked', async () => {
  const { splits, ended } = await shift(dark, { mirrors: false });
  expect(ended).toEqual(new TerminalError('the router fake copies no requests: choose another strategy'));
  expect(splits).toEqual([]);
});

test('a version without a ready instance gets no copies', async () => {
  const { splits, ended } = await shift(dark, { newReady: false });
  expect(ended).toMatchObject({ message: 'no instance of 2.0.0 is ready in production: it gets no traffic' });
  expect(splits).toEqual([]);
});
