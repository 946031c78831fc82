import { evolve, facts, findEffect, type Launch, type LaunchEvent, type Recorded, type State } from '@slipway/core';
import { type Attributes, LAUNCH_KEY, type LaunchSpan, type SpanEvent } from './launch-span.ts';
import { momentOf } from './moment.ts';
import { OpenSpans } from './open-spans.ts';

/** More moments than that of one launch are not worth a trace: the oldest go. */
const MOST_MOMENTS = 200;

/**
 * Tells a launch as spans, from its events alone: each once it is over. Spans are named by the events they began with, so a log
 * that is read again, by whichever server, tells of the same ones.
 */
export class LaunchTrace {
  readonly #open = new OpenSpans();
  readonly #moments: SpanEvent[] = [];
  #state: State = { is: 'absent' };

  /** null: no event was taken yet. */
  get launch(): Launch | null {
    return this.#state.is === 'launch' ? this.#state : null;
  }

  /** Takes the next event of the log; answers with what is over with it. */
  take(recorded: Recorded): readonly LaunchSpan[] {
    const before = this.launch;
    const after = evolve(this.#state, recorded);
    this.#state = after;
    if (after.is === 'absent') return [];
    const moment = momentOf(recorded);
    if (moment !== null && this.#moments.push(moment) > MOST_MOMENTS) this.#moments.shift();
    return this.#spans(before ?? after, after, recorded);
  }

  #spans(before: Launch, after: Launch, recorded: Recorded): readonly LaunchSpan[] {
    const { event, at } = recorded;
    switch (event.type) {
      case 'step-started':
      case 'step-retried':
        return this.#stepBegun(after, event.step, recorded);
      case 'effect-started':
        return this.#effectBegun(before, event, recorded);
      case 'effect-settled':
        return this.#open.end(`effect ${event.effect}`, { at, ...outcomeOf(event) });
      case 'step-passed':
        return [...this.#stepEnded(event.step, at, 'passed'), ...this.#phaseEnded(after, event.step, at)];
      case 'step-skipped':
        return [...this.#stepEnded(event.step, at, 'skipped'), ...this.#phaseEnded(after, event.step, at)];
      case 'step-failed':
        return this.#stepEnded(event.step, at, 'failed');
      case 'votes-expired':
      case 'tick-expired':
      case 'waiver-ended':
      case 'votes-revoked':
        return after.steps[event.step]?.is === 'active' ? this.#stepBegun(after, event.step, recorded) : [];
      case 'turning-back':
      case 'way-back-retried':
        this.#open.begin('way back', { recorded, parent: LAUNCH_KEY, attributes: {} });
        return [];
      case 'way-back-planned':
        return this.#open.endAll(/^(step|phase) /, { at, error: null, attributes: { 'slipway.outcome': 'stopped' } });
      case 'launch-ended':
        return this.#launchEnded(after, event.as, at);
      case 'launch-started':
      case 'effect-noted':
      case 'time-counted':
      case 'soak-extended':
      case 'trigger-fired':
      case 'move-done':
      case 'watch-started':
      case 'stepped-back':
      case 'verdict-waived':
      case 'vote-cast':
      case 'condition-met':
      case 'waiver-proposed':
      case 'task-done':
      case 'proof-refused':
      case 'run-confirmed':
      case 'outcome-answered':
      case 'held':
      case 'resumed':
      case 'window-changed':
      case 'window-overridden':
      case 't0-moved':
      case 'scenario-proposed':
      case 'scenario-chosen':
      case 'environment-verified':
      case 'notice-queued':
      case 'page-acknowledged':
        return [];
    }
  }

  #stepBegun({ plan }: Launch, id: string, recorded: Recorded): readonly LaunchSpan[] {
    const step = plan.steps[id];
    if (step === undefined || this.#open.keyOf(`step ${id}`) !== null) return [];
    const phase = `phase ${step.phase}`;
    if (this.#open.keyOf(phase) === null)
      this.#open.begin(phase, { recorded, parent: LAUNCH_KEY, attributes: { 'slipway.phase': step.phase } });
    const attributes = { 'slipway.step': id, 'slipway.step.kind': step.kind };
    this.#open.begin(`step ${id}`, { recorded, parent: this.#open.keyOf(phase) ?? LAUNCH_KEY, attributes });
    return [];
  }

  #stepEnded(id: string, at: number, outcome: 'passed' | 'skipped' | 'failed'): readonly LaunchSpan[] {
    const error = outcome === 'failed' ? 'failed' : null;
    return this.#open.end(`step ${id}`, { at, error, attributes: { 'slipway.outcome': outcome } });
  }

  #phaseEnded({ plan, steps }: Launch, id: string, at: number): readonly LaunchSpan[] {
    const phase = plan.steps[id]?.phase;
    const all = plan.phases.find(({ name }) => name === phase)?.steps ?? [];
    const isOver = all.every((each) => steps[each]?.is === 'passed' || steps[each]?.is === 'skipped');
    return isOver ? this.#open.end(`phase ${phase}`, { at, error: null, attributes: {} }) : [];
  }

  /** Begun again without an end: whoever had begun it died in the middle. */
  #effectBegun(before: Launch, event: EventOf<'effect-started'>, recorded: Recorded): readonly LaunchSpan[] {
    const name = `effect ${event.effect}`;
    const cut = { at: recorded.at, error: 'interrupted', attributes: { 'slipway.outcome': 'interrupted' } };
    const interrupted = this.#open.end(name, cut);
    const effect = findEffect(before, event.effect);
    const owner = event.effect.startsWith('~undo') ? 'way back' : `step ${effect?.step ?? ''}`;
    this.#open.begin(name, {
      recorded,
      parent: this.#open.keyOf(owner) ?? LAUNCH_KEY,
      attributes: {
        'slipway.effect': event.effect,
        'slipway.effect.kind': effect?.work.kind ?? 'unwanted',
        'slipway.effect.class': effect?.class ?? 'unwanted',
        'slipway.effect.attempt': event.attempt,
      },
    });
    return interrupted;
  }

  /** A launch whose way back is incomplete goes on: a person is needed, and its own span waits for the end. */
  #launchEnded(after: Launch, as: EventOf<'launch-ended'>['as'], at: number): readonly LaunchSpan[] {
    const { secondsToRecover, exposure } = facts(after);
    const figures: Attributes = {
      ...(secondsToRecover === null ? {} : { 'slipway.recovery.seconds': secondsToRecover }),
      ...(exposure === null ? {} : { 'slipway.exposure.requests': exposure }),
    };
    const attributes = { 'slipway.outcome': as, ...figures };
    const error = as === 'completed' ? null : as;
    const back = this.#open.end('way back', { at, error: as === 'rollback-incomplete' ? as : null, attributes });
    if (after.mode.is !== 'ended') return back;
    const left = this.#open.endAll(/^(step|phase) /, { at, error: null, attributes: { 'slipway.outcome': 'stopped' } });
    const { artifact, launch: name } = after.plan;
    const root: LaunchSpan = {
      key: LAUNCH_KEY,
      parent: null,
      name: `launch ${name}`,
      from: after.startedAt,
      to: at,
      error,
      attributes: {
        'slipway.launch': after.id,
        'slipway.artifact': artifact.name,
        'slipway.artifact.version': artifact.version,
        ...attributes,
      },
      events: [...this.#moments],
    };
    return [...back, ...left, root];
  }
}

type EventOf<T extends LaunchEvent['type']> = Extract<LaunchEvent, { readonly type: T }>;

interface Ended {
  readonly error: string | null;
  readonly attributes: Attributes;
}

function outcomeOf({ outcome, retryAt }: EventOf<'effect-settled'>): Ended {
  const { result } = outcome;
  const verdict = result === 'done' && outcome.data.kind === 'verdict' ? outcome.data.verdict.decision : null;
  return {
    error: result === 'failed' || result === 'unknown' || result === 'deadlock' ? result : null,
    attributes: {
      'slipway.outcome': result,
      ...(retryAt === null ? {} : { 'slipway.effect.retried': 'yes' }),
      ...(verdict === null ? {} : { 'slipway.verdict': verdict }),
    },
  };
}
