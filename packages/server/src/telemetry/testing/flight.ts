import {
  type Actor,
  type Command,
  decide,
  type Effect,
  evolve,
  type Launch,
  type Outcome,
  pending,
  SLIPWAY,
  type State,
} from '@slipway/core';
import { type Appended, GENESIS, sealEvents, type StoredEvent } from '@slipway/engine';
import { createPlanLanguage, parsePlan } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { done, FAILED } from '../../view/testing/events.ts';
import { T0 } from '../../view/testing/launches.ts';

export const RITA: Actor = { kind: 'person', id: 'rita@shop.example' };

const PLAN = `launch: shop
artifact: { name: shop, version: 2.1.0 }
people:
  release-manager: [rita@shop.example]
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts] } }
    router: { builtin: { listen: 8080 } }
metrics:
  errors: { from: router, ratio: server-errors }
phases:
  - phase: gate
    steps:
      - check: Smoke tests
        command: { argv: [ls] }
      - signoff: go-no-go
        by: { release-manager: 1 }
  - phase: production
    steps:
      - rollout: production
        strategy: canary
        while: [errors.new < 0.01]
        min-samples: 50
        steps: [{ weight: 5, hold: 8s }, { weight: 100, hold: 8s }]
`;

/** A launch decided in memory, a second between two commands: what an engine would tell of it. */
export class Flight {
  readonly id: string;
  readonly log: StoredEvent[] = [];
  readonly #tell: (appended: Appended) => void;
  #state: State = { is: 'absent' };
  #now = T0;

  constructor(tell: (appended: Appended) => void, id = 'shop-1') {
    this.id = id;
    this.#tell = tell;
    const parsed = parsePlan(PLAN, { file: 'launch.yaml', language: createPlanLanguage(registry) });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    this.do({ type: 'start', launch: id, plan: parsed.plan, planDigest: 'digest', directory: '/home/rita/shop' });
  }

  get launch(): Launch {
    if (this.#state.is === 'absent') throw new Error('the launch has not started');
    return this.#state;
  }

  /** Throws if the command is refused. */
  do(command: Command, actor: Actor = RITA): void {
    const before = this.#state;
    const decision = decide(before, command, { now: this.#now, actor });
    if (!decision.ok) throw new Error(`${command.type}: ${decision.rejection.message}`);
    const head = before.is === 'launch' ? before.head : { seq: 0, hash: GENESIS };
    const events = sealEvents(this.id, head, decision.drafts, this.#now);
    this.log.push(...events);
    this.#state = events.reduce<State>(evolve, before);
    this.#now += 1_000;
    if (events.length > 0) this.#tell({ before, events, after: this.launch });
  }

  begin(effect: string, again = false): void {
    this.do({ type: 'begin-effect', effect, again }, SLIPWAY);
  }

  settle(effect: string, outcome: Outcome): void {
    const attempt = this.launch.effects[effect]?.attempt ?? 0;
    this.do({ type: 'settle-effect', effect, attempt, outcome }, SLIPWAY);
  }

  go(): void {
    this.do({ type: 'vote', step: 'go-no-go', vote: 'go', reason: 'rita@shop.example looked', basis: this.#basis() });
  }

  /** Runs what is wanted until nothing is, or until `stop` is. */
  fly(outcome: (effect: Effect) => Outcome = goesWell, stop: string | null = null): this {
    for (let rounds = 0; rounds < 200; rounds += 1) {
      const effect = pending(this.launch, this.#now).effects[0];
      if (effect === undefined || effect.id === stop) return this;
      this.begin(effect.id);
      this.settle(effect.id, outcome(effect));
    }
    throw new Error('the flight does not come to an end');
  }

  #basis(): number {
    const check = this.launch.steps['smoke-tests'];
    return check?.is === 'passed' ? check.basis.seq : 0;
  }
}

/** All goes well, and 1.0.0 served before. */
export function goesWell({ work }: Effect): Outcome {
  if (work.kind === 'survey') return done({ kind: 'survey', current: '1.0.0' });
  if (work.kind !== 'observe') return done();
  return done({ kind: 'verdict', verdict: { ...FAILED, decision: 'pass', culprit: null, firstBadAt: null } });
}

/** The judge fails the new version, which answered badly for the first time at T0. */
export function goesBadly(effect: Effect): Outcome {
  return effect.work.kind === 'observe' ? done({ kind: 'verdict', verdict: FAILED }) : goesWell(effect);
}
