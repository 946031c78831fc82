import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Campaign, describeFinding } from './campaign.ts';
import type { Fate, Flight } from './fly.ts';
import { endOf } from './invariants.ts';
import { type KillPoint, POINT_KINDS, type PointKind, spread } from './kill-points.ts';
import type { PlanName } from './plans.ts';

/** How many deaths of each kind each plan costs here; `npm run torture -- --all` dies at every point. */
const PLANS: readonly [what: string, plan: PlanName, samples: number][] = [
  ['to the end', 'there', 1],
  ['through the way back after a failed check', 'back', 1],
  ['through the way back that a person wants in the middle of the work', 'called-off', 1],
  ['to the end where the work goes on after the death', 'outlived', 1],
  ['to a new version that serves', 'served', 1],
  ['to a new version that is taken back', 'unserved', 1],
];
/** Where the second life dies, while it finds out what became of the first. */
const SECOND: readonly KillPoint[] = [
  { kind: 'start-up', n: 4 },
  { kind: 'statement', n: 2 },
  { kind: 'append-after', n: 1 },
  { kind: 'verify-before', n: 1 },
  { kind: 'work-said', n: 1 },
  { kind: 'work-after', n: 1 },
];

/** Where a rollout through a router dies, on its way there and on its way back: at what no other plan does. */
const ROLLOUT: readonly [plan: PlanName, effect: string, kinds: readonly PointKind[]][] = [
  ['ramped', 'rollout-production:2.0', ['work-after']], // start
  ['ramped', 'rollout-production:3.0', ['work-before', 'work-after']], // shift, half of the traffic
  ['ramped', 'rollout-production:4.0', ['work-after']], // observe
  ['ramped', 'rollout-production:7.0', ['work-after']], // stop the old version
  ['unramped', '~undo:0.0', ['work-after']], // restore the old version
  ['unramped', '~undo:1.0', ['work-after']], // shift back
  ['unramped', '~undo:2.0', ['work-after']], // stop the new version
  ['unramped', '~undo:3.0', ['work-before', 'work-after']], // confirm-back
];

let campaign: Campaign;

beforeAll(() => {
  campaign = new Campaign();
});

afterAll(() => {
  campaign[Symbol.dispose]();
});

/** At every start-up: before its launch is begun a life is the same for all plans, and one plan is enough to die there. */
const STARTS: PlanName = 'there';

/** The points at which the plan dies here, evenly from each kind; prints how many there are in all. */
async function sampled(plan: PlanName, samples: number): Promise<readonly KillPoint[]> {
  const { points } = await campaign.calm(plan);
  const ofKind = (kind: PointKind) => points.filter((point) => point.kind === kind);
  const startUps = plan === STARTS ? ofKind('start-up') : [];
  const later = POINT_KINDS.filter((kind) => kind !== 'start-up').flatMap((kind) => spread(ofKind(kind), samples));
  const chosen = [...startUps, ...later];
  process.stdout.write(`torture: ${plan} dies at ${chosen.length} of ${points.length} points\n`);
  return chosen;
}

/** The point at which a plan whose effects come one after the other dies at this one: before its work, or when its work is done. */
function pointAt({ events }: Flight, effect: string, kind: PointKind): KillPoint {
  const passed = events.flatMap(({ event }) => {
    if (kind === 'work-before') return event.type === 'effect-started' ? [event.effect] : [];
    return event.type === 'effect-settled' && event.outcome.result === 'done' ? [event.effect] : [];
  });
  return { kind, n: passed.indexOf(effect) + 1 };
}

/** Flies them all; gives what broke, and how many deaths were died. */
async function die(fates: readonly Fate[]): Promise<{ readonly broken: readonly string[]; readonly deaths: number }> {
  let deaths = 0;
  const onFlown = ({ lives }: Flight): void => void (deaths += lives.filter((life) => life.end === 'died').length);
  const findings = await campaign.flyAll(fates, { onFlown });
  return { broken: findings.map(describeFinding), deaths };
}

/** What the flights that die are held to. */
const ENDS: readonly [plan: PlanName, end: string, traces: Readonly<Record<string, string>>][] = [
  ['there', 'completed', { deeds: 'do beside, do blind, do first', messages: '3', serving: '0' }],
  [
    'back',
    'rolled-back',
    { deeds: 'do beside, do blind, do first, undo beside, undo blind, undo first', messages: '2', serving: '0' },
  ],
  ['called-off', 'rolled-back', { deeds: 'do first, undo first, undo regretted', messages: '1', serving: '0' }],
  ['outlived', 'completed', { deeds: 'do blind, do first', messages: '0', serving: '0' }],
  ['served', 'completed', { deeds: '', messages: '0', serving: '1' }],
  ['unserved', 'rolled-back', { deeds: '', messages: '0', serving: '0' }],
  ['ramped', 'completed', { serving: '1', 'processes ever': '2', 'served by': '1.0.0' }],
  ['unramped', 'rolled-back', { serving: '1', 'processes ever': '3', 'served by': '0.9.0' }],
];

test.each(ENDS)(
  'left in peace, %s ends %s',
  async (plan, end, traces) => {
    const { flight } = await campaign.calm(plan);
    expect(endOf(flight)).toMatchObject({ end, ...traces });
  },
  60_000,
);

describe('killed at one effect boundary after another and started again', () => {
  test.each(PLANS)(
    'it comes %s, losing and repeating nothing: %s',
    async (_what, plan, samples) => {
      const points = await sampled(plan, samples);
      const { broken, deaths } = await die(points.map((point) => ({ plan, deaths: [point] })));
      expect(broken).toEqual([]);
      // Where commands run side by side one point more or less is passed.
      expect(deaths).toBeGreaterThanOrEqual(points.length - 2);
    },
    300_000,
  );

  test('a rollout through a router comes to its end, losing no request: there and back', async () => {
    const chosen = ROLLOUT.map(async ([plan, effect, kinds]): Promise<readonly Fate[]> => {
      const { flight } = await campaign.calm(plan);
      return kinds.map((kind) => ({ plan, deaths: [pointAt(flight, effect, kind)] }));
    });
    const fates = (await Promise.all(chosen)).flat();
    const { broken, deaths } = await die(fates);
    expect(broken).toEqual([]);
    expect(deaths).toBe(fates.length);
  }, 300_000);

  test('killed again while it finds out what became of the first life', async () => {
    const { points } = await campaign.calm('back');
    const first = spread(
      points.filter(({ kind }) => kind === 'work-said' || kind === 'work-after'),
      SECOND.length,
    );
    const fates = first.map((point, index): Fate => ({ plan: 'back', deaths: [point, SECOND[index] ?? point] }));
    const { broken, deaths } = await die(fates);
    expect(broken).toEqual([]);
    expect(deaths).toBeGreaterThan(fates.length);
  }, 300_000);
});
