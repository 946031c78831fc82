import { type Capabilities, type Capability, type CheckProvider, TerminalError } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { RehearsalOrder, Rehearser } from '../ports/rehearser.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { FAKE_PLAN, sampleContext } from '../testing/sample-context.ts';
import { accessTo, startedLaunch } from '../testing/sample-launch.ts';
import { ProviderAccess } from './provider-access.ts';

const launch = startedLaunch(FAKE_PLAN);
const limits = { timeoutMs: 1_000, signal: new AbortController().signal };
const clock = createManualClock();

async function capabilities(needs: readonly Capability[], rehearser?: Rehearser): Promise<Partial<Capabilities>> {
  const check = { kind: 'check', name: 'rehearsal', needs, schema: z.object({}) } as unknown as CheckProvider;
  const { machine } = accessTo({ checks: { rehearsal: check } }, clock);
  const access = new ProviderAccess({ ...machine, ...(rehearser === undefined ? {} : { rehearser }) });
  const use = { provider: 'rehearsal', config: {} };
  return (await access.check(use, sampleContext({ kind: 'check', check: use }, { launch }))).context;
}

test('a check that asks for it has the plan of its own launch rehearsed, and no other', async () => {
  const orders: RehearsalOrder[] = [];
  const rehearser: Rehearser = {
    rehearse: async (order) => {
      orders.push(order);
      throw new TerminalError('enough');
    },
  };
  const { rehearsal } = await capabilities(['rehearsal'], rehearser);
  expect(rehearsal?.planDigest).toBe(launch.planDigest);
  await expect(rehearsal?.run(limits)).rejects.toThrow('enough');
  expect(orders).toEqual([{ plan: launch.plan, planDigest: launch.planDigest, policy: null, now: clock.now() }]);
});

test('a server without one says so', async () => {
  const { rehearsal } = await capabilities(['rehearsal']);
  await expect(rehearsal?.run(limits)).rejects.toThrow(new TerminalError('this server cannot rehearse a plan'));
});

test('one that does not ask for records or rehearsals is given neither', async () => {
  expect(await capabilities(['http'])).not.toMatchObject({ launches: expect.anything() });
  expect((await capabilities([])).rehearsal).toBeUndefined();
  expect((await capabilities(['launches'])).launches?.own.id).toBe(launch.id);
});
