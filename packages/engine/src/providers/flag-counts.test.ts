import type { Capability, Capabilities, MetricSourceProvider } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { sampleContext, FAKE_PLAN } from '../testing/sample-context.ts';
import { accessTo, startedLaunch } from '../testing/sample-launch.ts';
import { ProviderAccess } from './provider-access.ts';

const COUNTS = { boot: 'database', at: 1, exposures: { on: 3 }, outcomes: {}, firstBadAt: {} };
const metrics = { errors: { name: 'errors', source: { provider: 'flag', config: {} } } } as never;

async function capabilities(needs: readonly Capability[]) {
  const asked: (readonly string[])[] = [];
  const read = async (...names: readonly string[]) => {
    asked.push(names);
    return COUNTS;
  };
  const source = {
    kind: 'metric-source',
    name: 'flag',
    needs,
    schema: z.object({}),
  } as unknown as MetricSourceProvider;
  const { machine } = accessTo({ metricSources: { flag: source } });
  const access = new ProviderAccess({ ...machine, flagCounter: { read } });
  const launch = startedLaunch({ ...FAKE_PLAN, metrics });
  const use = await access.source('errors', sampleContext({ kind: 'lock', environment: 'production' }, { launch }));
  return { asked, context: use.context as Partial<Capabilities> };
}

test('a source that counts flags is given those of its own product and environment', async () => {
  const { asked, context } = await capabilities(['flagCounts']);
  expect(await context.flagCounts?.('production', 'basket')).toBe(COUNTS);
  expect(asked).toEqual([['shop.production', 'basket']]);
  await expect(context.flagCounts?.('nowhere', 'basket')).rejects.toThrow(/no environment called nowhere/);
});

test('one that does not ask for it is not given it', async () => {
  expect((await capabilities([])).context.flagCounts).toBeUndefined();
});
