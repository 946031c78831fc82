import type { Launch, LaunchEvent, ObserveWork, OutcomeData } from '@slipway/core';
import type { LookBasis } from '@slipway/judge';
import type { RolloutStep } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import { fold } from '../../launches/fold.ts';
import { observeWith, OBSERVED_PLAN, ratio, sampleOf, type Source } from '../../testing/observing.ts';

const rules = { times: 1.1, plus: 0.001, better: 'lower', limit: null, weight: 1, dispersion: 1, skew: 0 } as const;
const judging: RolloutStep['stages'][number]['judging'] = {
  conditions: [],
  comparing: {
    metrics: [{ metric: 'errors', unit: 'ratio', ...rules }],
    falseAlarms: 0.01,
    wrongPromotions: null,
    warmUp: 0,
  },
  minSamples: 10,
  every: 5_000,
  silence: 30_000,
};
const HOLD = 300_000;
const work: ObserveWork = {
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: HOLD,
  judging,
  mode: 'decide',
};

/** A rollout whose first share has been set. */
function launchAt(weight: number): Launch {
  const rollout: RolloutStep = {
    kind: 'rollout',
    id: 'rollout',
    title: 'Rollout',
    phase: 'launch',
    needs: [],
    onFail: 'rollback',
    environment: 'production',
    strategy: 'canary',
    stages: [{ weight, hold: HOLD, judging }],
    timeout: 1_000,
    attempts: 1,
  };
  const plan = { ...OBSERVED_PLAN, steps: { rollout } };
  const events: readonly LaunchEvent[] = [
    { type: 'launch-started', launch: 'shop-1', plan, planDigest: '', directory: '/', t0: 0 },
    { type: 'step-started', step: 'rollout' },
    ...[0, 1, 2, 3].flatMap((move): readonly LaunchEvent[] => {
      const effect = `rollout:${move}.0`;
      const data: OutcomeData = move === 1 ? { kind: 'survey', current: '1.0.0' } : { kind: 'none' };
      const outcome = { result: 'done' as const, evidence: { summary: '', items: [] }, data };
      return [
        { type: 'effect-started', effect, attempt: 1, touches: null },
        { type: 'effect-settled', effect, attempt: 1, outcome, retryAt: null },
        { type: 'move-done', step: 'rollout', move },
      ];
    }),
  ];
  const actor = { kind: 'slipway' } as const;
  const launch = fold(events.map((event, index) => ({ seq: index + 1, at: 0, actor, event, hash: '' })));
  if (launch.is === 'absent') throw new Error('no launch');
  return launch;
}

/** Each look so many answers more of the new version and of the old one, one in a hundred of them bad. */
const split =
  (fresh: number, old: number): Source =>
  (reading) =>
    sampleOf(ratio((reading * fresh) / 100, reading * fresh), { old: ratio((reading * old) / 100, reading * old) });

const watched = (weight: number, source: Source) => observeWith({ work, source, launch: launchAt(weight) });

describe('the split of the traffic', () => {
  it('is as it was asked for', async () => {
    const { verdict } = await watched(5, split(100, 1_900));
    expect(verdict).toMatchObject({ decision: 'pass' });
    expect(verdict.compared?.metrics[0]?.times).toMatchObject({ is: 'between', estimate: expect.closeTo(1, 9) });
  });

  it('that gives the new version far more than was asked for ends the watch, and says how much', async () => {
    const { verdict, looks } = await watched(5, split(960, 1_040));
    expect(verdict).toMatchObject({
      decision: 'telemetry-broken',
      culprit: null,
      sentence: '2.0.0 answers 48 % of the requests; 5 % were asked for',
      sentences: { fr: '2.0.0 répond à 48 % des requêtes ; 5 % étaient demandés' },
    });
    expect(looks.at(-1)?.elapsed).toBeLessThan(HOLD);
  });

  it('that gives it far less ends the watch as well', async () => {
    const { verdict } = await watched(50, split(100, 1_900));
    expect(verdict.decision).toBe('telemetry-broken');
    expect(verdict.sentence).toMatch(/^2\.0\.0 answers or reports far less than its share/);
  });

  it('that leaves nothing to compare with is written down as such', async () => {
    const { verdict, data, records } = await watched(100, split(2_000, 0));
    expect(verdict.decision).toBe('pass');
    expect(verdict.compared?.metrics[0]?.times).toBeNull();
    const kept = [...records, data.record] as unknown as readonly { readonly looks: readonly LookBasis[] }[];
    expect(new Set(kept.flatMap(({ looks }) => looks.map(({ share }) => share)))).toEqual(new Set([1]));
  });
});
