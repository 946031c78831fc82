import type { Evidence, ObserveWork, OutcomeData, Verdict } from '@slipway/core';
import type { Comparing, Identity } from '@slipway/plan';
import {
  type HttpClient,
  type HttpResponse,
  type MetricSourceProvider,
  NoAnswerError,
  type Registry,
} from '@slipway/provider-kit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { LiveLook } from '../../live/live-look.ts';
import { ProviderAccess } from '../../providers/provider-access.ts';
import { FakeFlags } from '../../testing/fake-flags.ts';
import { FakePlace } from '../../testing/fake-place.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { accessTo, samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import type { EffectContext } from '../handler.ts';
import { observeHandler } from './observe.ts';

const SECOND = 1_000;
/** Its last look but one is the fifth at which they are asked. */
const HOLD = 121 * SECOND;
const IDENTITY: Identity = { path: '/', at: { header: 'v' }, is: '{{ artifact.version }}', timeout: 2_000 };
const FAKE = { provider: 'fake', config: {} };
const environment = { name: 'production', tier: 'production', target: FAKE, router: FAKE } as const;

/** The n-th question, from 0, at so many milliseconds: what the instance says; null: it does not answer. */
type Says = (question: number, at: number) => string | null | Promise<string | null>;

interface Asked {
  readonly says: Says;
  readonly mode?: ObserveWork['mode'];
  readonly identity?: Identity | null;
  /** Share of bad answers of the new version. */
  readonly bad?: number;
  readonly instances?: number;
  readonly comparing?: Comparing;
}

const answer = (said: string): HttpResponse => ({
  status: 200,
  headers: { v: said },
  body: '',
  cut: false,
  milliseconds: 1,
});

interface Ended {
  readonly data: Extract<OutcomeData, { kind: 'verdict' }> | null;
  readonly verdict: Verdict | null;
  readonly evidence: Evidence | null;
  error: unknown;
}

const workOf = (mode: ObserveWork['mode'], comparing: Comparing | undefined): ObserveWork => ({
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: HOLD,
  judging: {
    conditions: [{ cel: 'errors.new < 0.1', metrics: ['errors'] }],
    minSamples: 10,
    every: SECOND,
    silence: 60 * SECOND,
    ...(comparing === undefined ? {} : { comparing }),
  },
  mode,
});

/** A watch of one instance that is well, but for what it says of itself. */
function watch({ says, mode = 'decide', identity = IDENTITY, bad = 0, instances = 1, comparing }: Asked) {
  const clock = createManualClock();
  const place = new FakePlace(instances);
  place.put('2.0.0', { running: instances, serves: true });
  const questions: { readonly at: number; readonly signal: AbortSignal }[] = [];
  const http: HttpClient = {
    request: async ({ signal }) => {
      questions.push({ at: clock.running(), signal });
      const said = await says(questions.length - 1, clock.running());
      if (said === null) throw new NoAnswerError('nobody is there', { sent: false });
      return answer(said);
    },
  };
  const work = workOf(mode, comparing);
  const environments = { production: { ...environment, ...(identity === null ? {} : { identity }) } };
  const metrics = { errors: { name: 'errors', source: FAKE, unit: 'ratio' } } as const;
  const stop = new AbortController();
  const looks: LiveLook[] = [];
  const context: EffectContext = {
    launch: startedLaunch(samplePlan({ environments, metrics })),
    effect: { id: 'r:4.0', step: 'r', class: 'read-only', work, timeout: null, attempts: 1 },
    attempt: 1,
    signal: stop.signal,
    note: null,
    noteDown: async () => true,
    say: () => {},
    look: (look) => void looks.push(look),
  };
  const providers: Partial<Registry> = {
    ...place.providers,
    metricSources: { fake: sourceOf(() => clock.running(), bad) },
  };
  const access = new ProviderAccess({ ...accessTo(providers, clock).machine, http });
  const ended: Ended = { data: null, verdict: null, evidence: null, error: null };
  void observeHandler(access, new FakeFlags())
    .run(work, context)
    .then(
      ({ data, evidence }) => {
        if (data.kind === 'verdict') Object.assign(ended, { data, verdict: data.verdict, evidence });
      },
      (error: unknown) => void (ended.error = error),
    );
  return { clock, place, questions, looks, stop, ended };
}

/** A request each millisecond on both versions. */
function sourceOf(running: () => number, bad: number): MetricSourceProvider {
  return {
    kind: 'metric-source',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    read: async () => {
      const total = running();
      const fresh = { kind: 'ratio', bad: total * bad, total } as const;
      return { boot: 'one', at: 0, new: fresh, old: { ...fresh, bad: 0 }, exposure: total, firstBadAt: null };
    },
  };
}

const NEW = '2.0.0';
const OTHER = '1.9.0';
const never = new Promise<never>(() => {});

/** Watches for a hold and some looks, and gives the verdict. */
async function verdictOf(asked: Asked) {
  const { clock, ended, questions, looks } = watch(asked);
  await clock.advance(HOLD + 10 * SECOND);
  return { ...ended, questions, looks };
}

describe('a share', () => {
  test.each<[string, Verdict['decision'], Asked]>([
    ['whose instances are the new version', 'pass', { says: () => NEW }],
    ['whose instances are another version', 'telemetry-broken', { says: () => OTHER }],
    ['whose instances never answer', 'telemetry-broken', { says: () => null }],
    ['of which one answer is lost in the middle', 'pass', { says: (_, at) => (at === 60 * SECOND ? null : NEW) }],
    ['of which one answer is lost at the end', 'pass', { says: (_, at) => (at === HOLD - SECOND ? null : NEW) }],
    ['that falls silent for good', 'telemetry-broken', { says: (_, at) => (at > 60 * SECOND ? null : NEW) }],
    ['that fails while nobody knows what it is', 'fail', { says: () => null, bad: 0.5 }],
    ['that fails while it is asked', 'fail', { says: () => never, bad: 0.5 }],
    ['of a plan that asks nobody', 'pass', { says: () => OTHER, identity: null }],
  ])('%s: %s', async (_, decision, asked) => {
    expect((await verdictOf(asked)).verdict?.decision).toBe(decision);
  });

  test('does not pass while an answer is waited for, and does as soon as it is there', async () => {
    const late = Promise.withResolvers<string>();
    const { clock, ended, looks } = watch({ says: () => late.promise });
    await clock.advance(HOLD + 5 * SECOND);
    expect([ended.verdict, looks.at(-1)?.standing]).toEqual([null, 'too-early']);
    late.resolve(NEW);
    await clock.advance(2 * SECOND);
    expect(ended.verdict?.decision).toBe('pass');
  });
});

test('another version ends the watch at once, and says so in both languages and in the record', async () => {
  const { clock, ended, place } = watch({ says: (question) => (question === 1 ? OTHER : NEW), instances: 2 });
  await clock.advance(2 * SECOND);
  expect(ended.verdict).toMatchObject({ decision: 'telemetry-broken', culprit: null });
  expect(ended.verdict?.sentence).toBe('instance 2 of 2.0.0 answers as 1.9.0: what is measured is not the new version');
  expect(ended.verdict?.sentences?.fr).toBe(
    "l'instance 2 de 2.0.0 répond en tant que 1.9.0 : ce qui est mesuré n'est pas la nouvelle version",
  );
  expect(ended.evidence?.items.at(-1)).toMatchObject({ found: ended.verdict?.sentence, verdict: 'fail' });
  // A person decides where the traffic goes.
  expect(place.moments).toEqual([]);
});

const ERRORS = { metric: 'errors', unit: 'ratio', better: 'lower', times: 1.1, plus: 0.001, limit: null } as const;
const COMPARING: Comparing = {
  metrics: [{ ...ERRORS, weight: 1, dispersion: 1, skew: 0 }],
  falseAlarms: 0.01,
  wrongPromotions: null,
  warmUp: 0,
};

test('what another version did is no evidence for the watch after it', async () => {
  const [right, wrong] = [NEW, OTHER].map((said) => verdictOf({ says: () => said, comparing: COMPARING }));
  expect((await right)?.data?.analysis).toBeDefined();
  expect((await wrong)?.data?.verdict.decision).toBe('telemetry-broken');
  expect((await wrong)?.data?.analysis).toBeUndefined();
});

test('an instance that comes back as another version in the middle is noticed within half a minute', async () => {
  const { clock, ended } = watch({ says: (_, at) => (at >= 35 * SECOND ? OTHER : NEW) });
  await clock.advance(59 * SECOND);
  expect(ended.verdict).toBeNull();
  await clock.advance(3 * SECOND);
  expect(ended.verdict?.decision).toBe('telemetry-broken');
});

test('who is confirmed is asked every half minute, and not at every look', async () => {
  const { questions } = await verdictOf({ says: () => NEW });
  expect(questions.map(({ at }) => at)).toEqual([0, 30, 60, 90, 120].map((seconds) => seconds * SECOND));
});

test('who is unknown is asked again at the next look, not while an answer is still awaited', async () => {
  const { clock, questions } = watch({ says: (question) => (question < 3 ? null : never) });
  await clock.advance(10 * SECOND);
  expect(questions.map(({ at }) => at)).toEqual([0, 1, 2, 3].map((seconds) => seconds * SECOND));
});

test('the record says that all answer as the new version', async () => {
  const { evidence } = await verdictOf({ says: () => NEW, instances: 3 });
  const asked = 'whether the instances answer as 2.0.0';
  expect(evidence?.items.at(-1)).toEqual({ asked, found: '3 instances do', expected: 'yes', verdict: 'pass' });
});

test('and why nobody knows, where they do not', async () => {
  const { evidence, verdict } = await verdictOf({ says: () => null });
  const found = `${verdict?.sentence} (nobody is there)`;
  expect(evidence?.items.at(-1)).toMatchObject({ found, verdict: 'unknown' });
  expect(verdict?.sentence).toBe('nobody knows whether 2.0.0 is what is measured: instance 1 of 2.0.0 does not answer');
});

test('a watch of a held launch outlives another version, and counts from when it is gone', async () => {
  const { clock, ended, looks } = watch({ says: (_, at) => (at < 90 * SECOND ? OTHER : NEW), mode: 'watch' });
  await clock.advance(80 * SECOND);
  expect([ended.verdict, looks.at(-1)?.standing, looks.at(-1)?.elapsed]).toEqual([null, 'no-data', SECOND]);
  await clock.advance(HOLD);
  expect(ended.verdict).toBeNull();
  await clock.advance(15 * SECOND);
  expect(ended.verdict?.decision).toBe('pass');
});

test('whoever stops the watch breaks off what is asked', async () => {
  const { clock, stop, ended, questions } = watch({ says: () => never });
  await clock.advance(SECOND);
  stop.abort(new Error('called off'));
  await clock.advance(2 * SECOND);
  expect([ended.error, questions.map(({ signal }) => signal.aborted)]).toEqual([new Error('called off'), [true]]);
});

test('the end of the watch breaks off what is asked', async () => {
  const { questions, verdict } = await verdictOf({ says: () => never, bad: 0.5 });
  expect([verdict?.decision, questions.map(({ signal }) => signal.aborted)]).toEqual(['fail', [true]]);
});
