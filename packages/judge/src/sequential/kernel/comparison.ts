import { Carried, type CarriedState } from './carried.ts';
import type { Design } from './design.ts';
import { EProcess, type EProcessState } from './e-process.ts';
import type { ComparisonBets, Counts } from './growth.ts';

export interface ComparisonState {
  readonly carried: CarriedState;
  readonly process: EProcessState;
}

/** Evidence that grows with what both arms do, second by second. */
export class Comparison {
  readonly #carried = new Carried();
  readonly #bets: ComparisonBets;
  readonly #process: EProcess;

  /** `bets`: read within a look only, so several comparisons may share them. */
  constructor(bets: ComparisonBets, start: Pick<Design, 'early' | 'startScale'>) {
    this.#bets = bets;
    this.#process = new EProcess(bets.grid, start);
  }

  /** ln E after a second with these counts; null: it cannot be compared. */
  look(counts: Counts | null): number {
    const whole = counts && this.#carried.with(counts);
    return this.#process.look(whole && this.#bets.on(whole));
  }

  state(): ComparisonState {
    return { carried: this.#carried.state(), process: this.#process.state() };
  }

  /** Throws a RangeError where the state is of another grid. */
  restore({ carried, process }: ComparisonState): void {
    this.#process.restore(process);
    this.#carried.restore(carried);
  }
}
