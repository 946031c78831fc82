import type { Plan } from '@slipway/plan';
import type { Change } from '../driver/driver.ts';

/** Keeps its own account of which steps are done, from the events alone: it shares no code with what it judges. */
export class StepLedger {
  readonly #plan: Plan;
  /** Step to the sequence number of the event that made it done. */
  readonly #done = new Map<string, number>();
  readonly #skipped = new Set<string>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  event({ recorded }: Pick<Change, 'recorded'>): void {
    const { event, seq } = recorded;
    if (event.type === 'step-passed') this.#done.set(event.step, seq);
    if (event.type === 'step-skipped' && event.reason.trim() !== '') this.#skip(event.step, seq);
    if (event.type === 'step-retried' || event.type === 'votes-revoked') this.#reopen(event.step);
    if (event.type === 'votes-expired' || event.type === 'waiver-ended') this.#reopen(event.step);
    if (event.type === 'tick-expired') this.#reopen(event.step);
  }

  isDone(step: string): boolean {
    return this.#done.has(step);
  }

  /** Every step in front, however far, that is not done. */
  openInFront(step: string): readonly string[] {
    return [...this.#front(step)].filter((id) => !this.isDone(id));
  }

  /** Sign-offs in front that passed (a skip stands by its reason) before something in front of them was looked at again. */
  staleSignoffsInFront(step: string): readonly string[] {
    return [...this.#front(step)].filter((id) => {
      const passed = this.#plan.steps[id]?.kind === 'signoff' && !this.#skipped.has(id);
      return passed && (this.#done.get(id) ?? 0) <= this.basis(id);
    });
  }

  /** Sequence number of the newest fact in front of a step; 1, the start, where there is none. */
  basis(step: string): number {
    return Math.max(1, ...[...this.#front(step)].map((id) => this.#done.get(id) ?? 1));
  }

  #reopen(step: string): void {
    this.#done.delete(step);
    this.#skipped.delete(step);
  }

  #skip(step: string, seq: number): void {
    this.#done.set(step, seq);
    this.#skipped.add(step);
  }

  #front(step: string, found = new Set<string>()): ReadonlySet<string> {
    for (const id of this.#plan.steps[step]?.needs ?? []) {
      if (found.has(id)) continue;
      found.add(id);
      this.#front(id, found);
    }
    return found;
  }
}
