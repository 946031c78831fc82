import { registry } from '@slipway/providers';
import { describe, expect, it } from 'vitest';
import { readPlan } from './read-plan.ts';
import { inject, rehearse, type RehearsalOrder } from './rehearse.ts';
import { WATCHED } from './testing/watched-plan.ts';

function order(): RehearsalOrder {
  const read = readPlan({ text: WATCHED, file: 'launch.yaml' }, registry);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return { plan: read.plan, policy: null, now: Date.UTC(2026, 10, 24, 9) };
}

/** Whether all that `wanted` names is so. */
function has(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return found === wanted;
  return (
    typeof found === 'object' &&
    found !== null &&
    Object.entries(wanted).every(([key, value]) => has((found as Record<string, unknown>)[key], value))
  );
}

const MINUTE = 60_000;

/** What each fault must lead to; `saw`: an event that must be in its record. */
const faults: readonly (readonly [id: string, end: string, saw: object])[] = [
  ['back-fails:migrate', 'rollback-incomplete', { type: 'launch-ended', as: 'rollback-incomplete' }],
  ['back-fails:rollout-production', 'rollback-incomplete', { type: 'way-back-retried' }],
  ['too-few:rollout-production@10', 'rolled-back', { type: 'held', cause: { decision: 'insufficient-data' } }],
  ['too-few:care', 'rolled-back', { type: 'held', cause: { decision: 'insufficient-data' } }],
  ['freeze:rollout-production:finish', 'completed', { type: 'held', cause: { kind: 'freeze' } }],
  ['freeze:rollout-production:hold', 'completed', { type: 'resumed' }],
  ['freeze:rollout-production:rollback', 'rolled-back', { type: 'held', cause: { kind: 'freeze' } }],
  ['trigger:rollout-production#1:rollback', 'rolled-back', { type: 'trigger-fired', trigger: 0 }],
  ['trigger:rollout-production#2:hold', 'rolled-back', { type: 'held', cause: { kind: 'verdict' } }],
  ['trigger:rollout-production#3:ticket', 'completed', { type: 'notice-queued', channel: 'tickets' }],
  ['trigger:care#1:page', 'rolled-back', { type: 'held', cause: { page: true } }],
  ['alert:rollout-production#1:rollback', 'rolled-back', { type: 'trigger-fired', found: 'an alert (rehearsed)' }],
  ['alert:care#1:hold', 'rolled-back', { type: 'trigger-fired', deed: { kind: 'hold' } }],
  ['soak-check:care', 'rolled-back', { type: 'step-failed', step: 'care' }],
  ['soak-unasked:care', 'rolled-back', { type: 'held', cause: { decision: 'telemetry-broken' } }],
  ['review:care:refused', 'rolled-back', { type: 'turning-back' }],
  ['review:care:overdue', 'completed', { type: 'notice-queued', message: { title: 'A review is due' } }],
  ['extend:care', 'completed', { type: 'soak-extended', ms: 180 * MINUTE }],
  ['slip:t0', 'completed', { type: 't0-moved' }],
  ['expire:go', 'completed', { type: 'votes-expired', step: 'go' }],
];

describe('a fault', { timeout: 60_000 }, () => {
  it.each(faults)('%s ends as %s', async (id, end, saw) => {
    const { scenario, log } = await inject(order(), id);
    expect(scenario).toMatchObject({ id, end, isGood: true, isMet: true, broken: [] });
    expect(log.map(({ event }) => event).filter((event) => has(event, saw))).not.toEqual([]);
  });

  it('of a way back asks a person, again and again, and never passes for a way back', async () => {
    const { scenario } = await inject(order(), 'back-fails:migrate');
    expect(scenario.asked).toContainEqual(expect.objectContaining({ kind: 'mend' }));
    expect(scenario.messages).toContainEqual(expect.objectContaining({ title: 'Somebody is needed', isSent: true }));
    expect(scenario.backAfter).toBeNull();
  });
});

describe('a rehearsal', { timeout: 60_000 }, () => {
  it('is the same whoever has a hand in it', async () => {
    const alone = await rehearse({ ...order(), hands: 0 });
    expect(await rehearse({ ...order(), hands: 2 })).toEqual(alone);
    expect(alone.scenarios.filter(({ isGood }) => !isGood)).toEqual([]);
  });

  it('names the faults that never came about', async () => {
    const { never, scenarios } = await rehearse({ ...order(), hands: 0 });
    expect(never.faults).toEqual(['mute:tickets']);
    expect(never.announcements).toEqual([]);
    expect(scenarios.map(({ id }) => id)).toEqual(expect.arrayContaining(faults.map(([id]) => id)));
  });
});
