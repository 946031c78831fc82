import type { Plan, Step } from '@slipway/plan';
import { type IdleCondition, idleConditions } from './conditions.ts';
import type { Rehearsed } from './rehearsed.ts';

/** What no scenario of a rehearsal did: nobody knows whether it works. */
export interface NeverExercised {
  /** Steps that never passed. */
  readonly steps: readonly string[];
  /** Announcements that never left: the moment, and the title as the plan has it. */
  readonly announcements: readonly { readonly on: string; readonly title: string }[];
  /** Steps that change the world and were never taken back. */
  readonly waysBack: readonly string[];
  /** Steps that change the world and, by the plan, have no way back. */
  readonly noWayBack: readonly { readonly step: string; readonly because: string }[];
  readonly conditions: readonly IdleCondition[];
  /** Scenarios of which the fault never came about. */
  readonly faults: readonly string[];
}

/** Gathers what each scenario did, so that no log has to be kept. */
export class Exercised {
  readonly #plan: Plan;
  readonly #steps = new Set<string>();
  readonly #announcements = new Set<number>();
  readonly #waysBack = new Set<string>();
  readonly #faults: string[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  add({ report: { id, isMet }, done: { steps, announcements, waysBack } }: Rehearsed): void {
    if (!isMet) this.#faults.push(id);
    for (const step of steps) this.#steps.add(step);
    for (const announcement of announcements) this.#announcements.add(announcement);
    for (const step of waysBack) this.#waysBack.add(step);
  }

  never(): NeverExercised {
    const { steps, announcements } = this.#plan;
    const all = Object.values(steps);
    return {
      steps: all.filter(({ id }) => !this.#steps.has(id)).map(({ id }) => id),
      announcements: announcements.flatMap(({ on, message }, index) =>
        this.#announcements.has(index) ? [] : [{ on, title: message.title }],
      ),
      waysBack: all.filter((step) => hasWayBack(step) && !this.#waysBack.has(step.id)).map(({ id }) => id),
      noWayBack: all.flatMap((step) =>
        step.kind === 'run' && step.undo?.kind === 'none' ? [{ step: step.id, because: step.undo.because }] : [],
      ),
      conditions: idleConditions(this.#plan),
      faults: [...this.#faults],
    };
  }
}

function hasWayBack(step: Step): boolean {
  if (step.kind === 'run') return step.undo?.kind === 'command';
  return step.kind === 'deploy' || step.kind === 'rollout';
}
