import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '@slipway/providers';
import { describe, expect, it } from 'vitest';
import { readPlan } from './read-plan.ts';
import { inject, rehearse, type RehearsalOrder } from './rehearse.ts';

const TEXT = readFileSync(join(import.meta.dirname, '../../../examples/release-gate/launch.yaml'), 'utf8');

function order(): RehearsalOrder {
  const read = readPlan({ text: TEXT, file: 'launch.yaml', artifactVersion: '2.2.0' }, registry);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return { plan: read.plan, policy: null, now: Date.UTC(2026, 10, 24, 9) };
}

describe('a plan with scenarios', { timeout: 60_000 }, () => {
  it('is walked whole: every scenario, and every fault in the scenario that it is about', async () => {
    const { scenarios, never } = await rehearse({ ...order(), hands: 1 });
    expect(scenarios.filter(({ isGood }) => !isGood).map(({ id }) => id)).toEqual([]);
    expect(scenarios.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['good', 'choose:production', 'choose:freeze']),
    );
    expect(never.steps).toEqual([]);
  });

  it.each([
    ['good', 'staging-only', 'completed'],
    ['choose:production', 'production', 'completed'],
    ['choose:freeze', 'freeze', 'completed'],
    ['fail:smoke', 'production', 'rolled-back'],
    ['fail:unchanged', 'freeze', 'scrubbed'],
    ['abort:staging', 'staging-only', 'scrubbed'],
  ])('%s: %s is chosen, and it ends %s', async (id, chosen, end) => {
    const { scenario, log } = await inject(order(), id);
    expect(scenario).toMatchObject({ end, isGood: true });
    const choices = log.flatMap(({ event }) => (event.type === 'scenario-chosen' ? [event.scenario] : []));
    expect(choices).toEqual([chosen]);
  });
});
