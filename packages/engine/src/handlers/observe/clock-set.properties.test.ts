import type { ObserveWork, VerdictDecision } from '@slipway/core';
import type { MetricSourceProvider } from '@slipway/provider-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FakeFlags } from '../../testing/fake-flags.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { accessTo, samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import type { EffectContext } from '../handler.ts';
import { observeHandler } from './observe.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const HOLD = 10 * MINUTE;
/** What one death may cost at most: a twentieth of the hold, and the looks around it. */
const COST = HOLD / 20 + 5 * SECOND;

const PLAN = samplePlan({
  metrics: { errors: { name: 'errors', source: { provider: 'fake', config: {} }, unit: 'ratio' } },
});
const WORK: ObserveWork = {
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: HOLD,
  judging: {
    conditions: [{ cel: 'errors.new < 0.1', metrics: ['errors'] }],
    minSamples: 10,
    every: SECOND,
    silence: MINUTE,
  },
  mode: 'decide',
};

type Mishap = { readonly after: number; readonly set: number; readonly awayFor: number | null };

/** A watch over deaths: each life begins with what the one before it noted last, on a running time of its own. */
class Watch {
  readonly clock: ManualClock;
  decision: VerdictDecision | null = null;
  /** Milliseconds that somebody watched. */
  watched = 0;
  #note: EffectContext['note'] = null;
  #life = new AbortController();

  constructor(clock: ManualClock) {
    this.clock = clock;
    this.#live();
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0 && this.decision === null; left -= SECOND) {
      await this.clock.advance(SECOND);
      this.watched += SECOND;
    }
  }

  async die(awayFor: number, set: number): Promise<void> {
    this.#life.abort();
    await this.clock.advance(awayFor / 2);
    this.clock.set(set);
    await this.clock.advance(awayFor / 2);
    this.#life = new AbortController();
    this.#live();
  }

  #live(): void {
    const { signal } = this.#life;
    const birth = this.clock.running();
    const clock = { ...methodsOf(this.clock), running: () => this.clock.running() - birth };
    const context: EffectContext = {
      launch: startedLaunch(PLAN),
      effect: { id: 'r:4.0', step: 'r', class: 'read-only', work: WORK, timeout: null, attempts: 1 },
      attempt: 1,
      signal,
      note: this.#note,
      noteDown: async (note) => {
        if (!signal.aborted) this.#note = JSON.parse(JSON.stringify(note));
        return true;
      },
      say: () => {},
      look: () => {},
    };
    void observeHandler(accessTo({ metricSources: { fake: answering(this.clock) } }, clock), new FakeFlags())
      .run(WORK, context)
      .then(({ data }) => void (this.decision = data.kind === 'verdict' ? data.verdict.decision : null))
      .catch(() => {});
  }
}

function methodsOf(clock: ManualClock) {
  return {
    now: () => clock.now(),
    sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms, signal),
    after: (ms: number, callback: () => void) => clock.after(ms, callback),
    at: (at: number, callback: () => void) => clock.at(at, callback),
  };
}

function answering(clock: ManualClock): MetricSourceProvider {
  const answer = () => ({ kind: 'ratio' as const, bad: 0, total: clock.running() });
  return {
    kind: 'metric-source',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    read: async () => ({ boot: '', at: 0, new: answer(), old: answer(), exposure: null, firstBadAt: null }),
  };
}

const mishap: fc.Arbitrary<Mishap> = fc.record({
  after: fc.integer({ min: 1, max: 5 * 60 }).map((seconds) => seconds * SECOND),
  set: fc.integer({ min: -2 * HOUR, max: 2 * HOUR }),
  awayFor: fc.option(fc.integer({ min: 1, max: HOUR })),
});

test('a hold is watched for as long as it says, whatever is done to clock and process', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mishap, { maxLength: 5 }), async (mishaps) => {
      const watch = new Watch(createManualClock());
      let deaths = 0;
      for (const { after, set, awayFor } of mishaps) {
        await watch.pass(after);
        if (watch.decision !== null) break;
        if (awayFor === null) watch.clock.set(set);
        else await watch.die(awayFor, set);
        if (awayFor !== null) deaths += 1;
      }
      await watch.pass(HOLD + (deaths + 1) * COST);
      expect(watch.decision).toBe('pass');
      expect(watch.watched).toBeGreaterThanOrEqual(HOLD);
      expect(watch.watched).toBeLessThanOrEqual(HOLD + (deaths + 1) * COST);
    }),
    { numRuns: 25 },
  );
}, 120_000);
