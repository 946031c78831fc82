import {
  evolve,
  facts,
  findEffect,
  type HoldCause,
  type Launch,
  type LaunchEvent,
  type State,
  type TurnBackCause,
} from '@slipway/core';
import type { Appended, OnAppended } from '@slipway/engine';
import { METRICS } from './catalogue.ts';
import type { Instruments } from './instruments.ts';

const DECISIONS = ['pass', 'fail', 'insufficient-data', 'telemetry-broken'] as const;
const ENDINGS = ['completed', 'scrubbed', 'rolled-back', 'rollback-incomplete'] as const;
const TURNED_TO = ['scrubbed', 'rolled-back'] as const;
/** Each of them: one that is new breaks the build here. */
const HOLD_CAUSES = Object.keys({
  person: true,
  'step-failed': true,
  verdict: true,
  'unknown-outcome': true,
  deadlock: true,
  freeze: true,
} satisfies Record<HoldCause['kind'], true>);
const TURN_BACK_CAUSES = Object.keys({
  verdict: true,
  'step-failed': true,
  'no-go': true,
  abort: true,
  rollback: true,
} satisfies Record<TurnBackCause['kind'], true>);

/** Counts what happens to launches, from the events that this server appends. */
export function createLaunchMetrics(instruments: Instruments): OnAppended {
  const counts = new LaunchMetrics(instruments);
  return (appended) => counts.take(appended);
}

class LaunchMetrics {
  readonly #appended;
  readonly #started;
  readonly #ended;
  readonly #holds;
  readonly #turnBacks;
  readonly #verdicts;
  readonly #begun;
  readonly #duration;
  readonly #retries;
  readonly #recovery;
  #lastAppend: number | null = null;

  constructor(instruments: Instruments) {
    this.#appended = instruments.counter(METRICS.eventsAppended);
    this.#started = instruments.counter(METRICS.launchesStarted);
    this.#ended = instruments.counter(METRICS.launchesEnded);
    this.#holds = instruments.counter(METRICS.holds);
    this.#turnBacks = instruments.counter(METRICS.turnBacks);
    this.#verdicts = instruments.counter(METRICS.verdicts);
    this.#begun = instruments.counter(METRICS.effectsStarted);
    this.#duration = instruments.histogram(METRICS.effectDuration);
    this.#retries = instruments.counter(METRICS.effectRetries);
    this.#recovery = instruments.histogram(METRICS.recovery);
    instruments.gauge(METRICS.lastAppend).addCallback((result) => {
      if (this.#lastAppend !== null) result.observe(this.#lastAppend / 1000);
    });
    // An increase can only be seen from a figure that was there before.
    this.#started.add(0);
    for (const ending of ENDINGS) this.#ended.add(0, { ending });
    for (const cause of HOLD_CAUSES) this.#holds.add(0, { cause });
    for (const cause of TURN_BACK_CAUSES) for (const ending of TURNED_TO) this.#turnBacks.add(0, { cause, ending });
    for (const decision of DECISIONS) this.#verdicts.add(0, { decision });
  }

  take({ before, events, after }: Appended): void {
    let state: State = before;
    for (const recorded of events) {
      this.#appended.add(1, { type: recorded.event.type });
      if (state.is === 'launch') this.#count(state, recorded.event, recorded.at);
      state = evolve(state, recorded);
    }
    if (before.is === 'absent') this.#started.add(1);
    else this.#noteRecovery(before, after);
    this.#lastAppend = events.at(-1)?.at ?? this.#lastAppend;
  }

  /** What else there is to say of an event than that it happened. */
  #count(launch: Launch, event: LaunchEvent, at: number): void {
    if (event.type === 'effect-started') this.#begun.add(1, { kind: kindOf(launch, event.effect) });
    if (event.type === 'effect-settled') this.#settled(launch, event, at);
    if (event.type === 'held') this.#holds.add(1, { cause: event.cause.kind });
    if (event.type === 'turning-back') this.#turnBacks.add(1, { cause: event.cause.kind, ending: event.ending });
    if (event.type === 'launch-ended') this.#ended.add(1, { ending: event.as });
  }

  #settled(launch: Launch, event: Extract<LaunchEvent, { type: 'effect-settled' }>, at: number): void {
    const { outcome, retryAt } = event;
    const kind = kindOf(launch, event.effect);
    const begun = launch.effects[event.effect];
    // A clock that was set back has nothing take less than no time.
    if (begun?.is === 'started')
      this.#duration.record(Math.max(at - begun.at, 0) / 1000, { kind, outcome: outcome.result });
    if (retryAt !== null) this.#retries.add(1, { kind });
    if (outcome.result === 'done' && outcome.data.kind === 'verdict')
      this.#verdicts.add(1, { decision: outcome.data.verdict.decision });
  }

  /** Once a launch: with the decision that has all of its traffic back. */
  #noteRecovery(before: Launch, after: Launch): void {
    if (after.mode.is !== 'undoing' && after.mode.is !== 'incomplete' && after.mode.is !== 'ended') return;
    if (facts(before).backAt !== null) return;
    const { secondsToRecover } = facts(after);
    if (secondsToRecover !== null) this.#recovery.record(secondsToRecover);
  }
}

function kindOf(launch: Launch, effect: string): string {
  return findEffect(launch, effect)?.work.kind ?? 'unwanted';
}
