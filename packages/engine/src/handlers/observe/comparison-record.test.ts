import type { Draft, Json, Launch, LaunchEvent, ObserveWork, OutcomeData } from '@slipway/core';
import type { Plan, RolloutStep } from '@slipway/plan';
import type { Sample } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { fold } from '../../launches/fold.ts';
import { sealEvents } from '../../store/chain.ts';
import { observeWith, ratio, sampleOf, type Source } from '../../testing/observing.ts';
import { samplePlan } from '../../testing/sample-launch.ts';

/** Where "slipway judge replay" is tested on it. Made anew with `vitest run -u`. */
const RECORD = '../../../../cli/src/judge/record/fixtures/observed-events.ndjson';

const rules = { better: 'lower', limit: null, weight: 1, dispersion: 1, skew: 0 } as const;
const judging: RolloutStep['stages'][number]['judging'] = {
  conditions: [],
  comparing: {
    metrics: [
      { metric: 'errors', unit: 'ratio', times: 1.1, plus: 0.001, ...rules, limit: 0.4, skew: 1_000 },
      { metric: 'latency', unit: 'milliseconds', times: 1.2, plus: 0, ...rules, weight: 2 },
    ],
    falseAlarms: 0.01,
    wrongPromotions: null,
    warmUp: 0,
  },
  minSamples: 10,
  every: 1_000,
  silence: 30_000,
};

const PLAN: Plan = samplePlan({
  metrics: {
    errors: { name: 'errors', source: { provider: 'fake', config: {} }, unit: 'ratio' },
    latency: { name: 'latency', source: { provider: 'fake', config: { quantile: 0.95 } }, unit: 'milliseconds' },
  },
  steps: {
    ramp: {
      kind: 'rollout',
      id: 'ramp',
      title: 'Ramp',
      phase: 'launch',
      needs: [],
      onFail: 'rollback',
      environment: 'production',
      strategy: 'canary',
      stages: [10, 50].map((weight) => ({ weight, hold: 60_000, judging })),
      timeout: 1_000,
      attempts: 1,
    },
  },
});

const work: ObserveWork = {
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: 60_000,
  judging,
  mode: 'decide',
};

/** Both metrics are read in turn: each look another 20 answers of the new version, `bad` of them, and 180 of the old one. */
const reading =
  (bad: number, from = 0): Source =>
  (index): Sample => {
    const looks = from + Math.floor(index / 2);
    if (index % 2 === 0) return sampleOf(ratio(looks * bad, looks * 20), { old: ratio(looks * 2, looks * 180) });
    const histogram = (count: number) => ({ 200: looks * 19 * count, 230: looks * count });
    return sampleOf(
      { kind: 'latency', histogram: histogram(1), quantile: 0.95 },
      { old: { kind: 'latency', histogram: histogram(9), quantile: 0.95 } },
    );
  };

const draft = (event: LaunchEvent): Draft => ({ actor: { kind: 'slipway' }, event });
const settled = (effect: string, data: OutcomeData): LaunchEvent => ({
  type: 'effect-settled',
  effect,
  attempt: 1,
  outcome: { result: 'done', evidence: { summary: '', items: [] }, data },
  retryAt: null,
});
const noted = (
  effect: string,
  { notes, records }: { readonly notes: readonly Json[]; readonly records: readonly Json[] },
) => notes.map((note, index) => ({ type: 'effect-noted', effect, note, record: records[index] ?? null }) as const);
const begun = (effect: string, attempt = 1) => ({ type: 'effect-started', effect, attempt, touches: null }) as const;
const moved = (move: number) => ({ type: 'move-done', step: 'ramp', move }) as const;

const launchOf = (events: readonly LaunchEvent[]): Launch => {
  const state = fold(sealed(events));
  if (state.is === 'absent') throw new Error('no launch');
  return state;
};
const sealed = (events: readonly LaunchEvent[]) =>
  sealEvents('shop-1', { seq: 0, hash: '' }, events.map(draft), Date.UTC(2026, 10, 24, 9));

const OPENING: readonly LaunchEvent[] = [
  { type: 'launch-started', launch: 'shop-1', plan: PLAN, planDigest: '', directory: '/', t0: 0 },
  { type: 'step-started', step: 'ramp' },
  ...[0, 1, 2, 3].flatMap((move) => {
    const data: OutcomeData = move === 1 ? { kind: 'survey', current: '1.0.0' } : { kind: 'none' };
    return [begun(`ramp:${move}.0`), settled(`ramp:${move}.0`, data), moved(move)];
  }),
];

/** A share that passes, then one on which a worker dies, and whose successor sees the harm. */
async function recorded(): Promise<readonly LaunchEvent[]> {
  const [first, second] = ['ramp:4.0', 'ramp:6.0'];
  const passed = await observeWith({ work, source: reading(0), launch: launchOf(OPENING), effect: first });
  expect(passed.verdict.decision).toBe('pass');
  const ramped = [
    ...OPENING,
    begun(first),
    ...noted(first, passed),
    settled(first, passed.data),
    moved(4),
    begun('ramp:5.0'),
    settled('ramp:5.0', { kind: 'none' }),
    moved(5),
  ];
  const dead = await observeWith({ work, source: reading(1), launch: launchOf(ramped), effect: second });
  const [notes, records] = [dead.notes.slice(0, 3), dead.records.slice(0, 3)];
  const [note = null] = notes.slice(-1);
  const goneOn = { work, launch: launchOf(ramped), effect: second, note, start: Date.UTC(2026, 10, 24, 9, 1) };
  const failed = await observeWith({ ...goneOn, source: reading(6, 300) });
  expect(failed.verdict.decision).toBe('fail');
  return [
    ...ramped,
    begun(second),
    ...noted(second, { notes, records }),
    begun(second, 2),
    ...noted(second, failed),
    settled(second, failed.data),
  ];
}

test('the record of a rollout that is compared is what "slipway judge replay" is tested on', async () => {
  const lines = sealed(await recorded()).map((event) => `${JSON.stringify(event)}\n`);
  await expect(lines.join('')).toMatchFileSnapshot(RECORD);
});
