import { type Opening, type Plan, quietUntil } from '@slipway/plan';
import { decide } from '../decide/decide.ts';
import { evolve } from '../evolve.ts';
import { type Actor, SLIPWAY } from '../model/actor.ts';
import type { Command, Rejection } from '../model/command.ts';
import type { Effect } from '../model/effect.ts';
import type { Draft, LaunchEvent, Recorded } from '../model/event.ts';
import type { LaunchPolicy } from '../model/launch-policy.ts';
import type { Outcome } from '../model/outcome.ts';
import { ABSENT, type Launch, type State, type StepState } from '../model/state.ts';
import { pending } from '../pending.ts';
import { basisOf } from '../program/progress.ts';
import { openWaits } from '../program/wait-time.ts';
import { done, judged, surveyed } from './outcomes.ts';
import { OLD } from './plans.ts';

/** When flights start, in epoch ms. */
export const START = 1_000_000;

export const person = (id: string): Actor => ({ kind: 'person', id });

/** What an effect comes to in a world where all goes well and the old version serves. */
export function goesWell(effect: Effect): Outcome {
  if (effect.work.kind === 'survey') return surveyed(OLD);
  if (effect.work.kind === 'flag-survey') return surveyed('off');
  return effect.work.kind === 'observe' ? judged('pass') : done();
}

/** A launch in memory, for tests: commands go in, events and the state come out. */
export class Flight {
  now = START;
  readonly log: Recorded[] = [];
  state: State = ABSENT;
  #running = 0;
  /** By step: running time at which the log last said how long it waits. */
  readonly #countedAt = new Map<string, number>();
  readonly #openingAt: (now: number) => Opening | undefined;

  /** `openingAt`: what the calendar says of a time; undefined: nothing, or the plan has none. */
  constructor(
    plan: Plan,
    openingAt: (now: number) => Opening | undefined = () => undefined,
    policy: LaunchPolicy | null = null,
  ) {
    this.#openingAt = openingAt;
    const under = policy === null ? {} : { policy };
    this.do({ type: 'start', launch: 'shop-1', plan, planDigest: 'digest', directory: 'shop', ...under });
  }

  get launch(): Launch {
    if (this.state.is === 'absent') throw new Error('the launch has not started');
    return this.state;
  }

  /** Throws if the command is refused. Returns the events it caused. */
  do(command: Command, actor: Actor = person('rm')): readonly LaunchEvent[] {
    const decision = decide(this.state, command, this.#context(actor, command));
    if (!decision.ok) throw new Error(`${command.type}: ${decision.rejection.message}`);
    for (const draft of decision.drafts) this.#append(draft);
    return decision.drafts.map((draft) => draft.event);
  }

  /** Throws if the command is accepted. */
  refusal(command: Command, actor: Actor = person('rm')): Rejection {
    const decision = decide(this.state, command, this.#context(actor, command));
    if (decision.ok) throw new Error(`${command.type} was accepted`);
    return decision.rejection;
  }

  begin(effect: string, again = false): readonly LaunchEvent[] {
    return this.do({ type: 'begin-effect', effect, again }, SLIPWAY);
  }

  settle(effect: string, outcome: Outcome): readonly LaunchEvent[] {
    const attempt = this.launch.effects[effect]?.attempt ?? 0;
    return this.do({ type: 'settle-effect', effect, attempt, outcome }, SLIPWAY);
  }

  run(effect: string, outcome: Outcome = done()): readonly LaunchEvent[] {
    this.begin(effect);
    return this.settle(effect, outcome);
  }

  /** Runs what is wanted, again and again, until nothing is wanted or `until` is. */
  fly(until: string | null = null, outcome: (effect: Effect) => Outcome = goesWell): this {
    for (let rounds = 0; rounds < 1_000; rounds += 1) {
      if (until !== null && this.wanted().includes(until)) return this;
      const next = this.pending().effects[0];
      if (next !== undefined && this.launch.effects[next.id]?.is !== 'started') this.begin(next.id);
      if (next !== undefined) this.settle(next.id, outcome(next));
      else if (until === null) return this;
      else throw new Error(`${until} is never wanted; at the end ${JSON.stringify(this.launch.mode)}`);
    }
    throw new Error('the flight does not come to an end');
  }

  /** Time passes, and the clock says so. */
  pass(ms: number): readonly LaunchEvent[] {
    this.now += ms;
    return this.live(ms);
  }

  /** Time passes; the clock says what it likes. */
  live(ms: number): readonly LaunchEvent[] {
    this.#running += ms;
    const counted = openWaits(this.launch).map(({ step }) => [step, this.#running - (this.#countedAt.get(step) ?? 0)]);
    return this.do({ type: 'tick', lived: { waits: Object.fromEntries(counted), stopping: null } }, SLIPWAY);
  }

  vote(step: string, voter: string, vote: 'go' | 'no-go' = 'go'): readonly LaunchEvent[] {
    const basis = basisOf(this.launch, step).seq;
    return this.do({ type: 'vote', step, vote, reason: 'I looked', basis }, person(voter));
  }

  pending() {
    return pending(this.launch, this.now);
  }

  /** Ids of the effects that should be in flight. */
  wanted(): readonly string[] {
    return this.pending().effects.map((effect) => effect.id);
  }

  step(id: string): StepState['is'] | undefined {
    return this.launch.steps[id]?.is;
  }

  /** Ids of the effects begun so far, in order. */
  begun(): readonly string[] {
    return this.log.flatMap(({ event }) => (event.type === 'effect-started' ? [event.effect] : []));
  }

  #context(actor: Actor, command: Command) {
    const opening = this.#openingAt(this.now);
    const plan = command.type === 'start' ? command.plan : this.launch.plan;
    const quiet = quietUntil(plan.messages?.quiet, this.now);
    return { now: this.now, actor, quiet, ...(opening === undefined ? {} : { opening }) };
  }

  #append({ actor, event }: Draft): void {
    const seq = this.log.length + 1;
    const recorded: Recorded = { seq, at: this.now, hash: `hash-${seq}`, actor, event };
    this.log.push(recorded);
    if ('step' in event && event.step !== null) this.#countedAt.set(event.step, this.#running);
    this.state = evolve(this.state, recorded);
  }
}
