export interface Counts {
  readonly good: number;
  readonly bad: number;
}

/** What became of those who met a variant, in the form in which Slipway takes it. */
export interface Outcome extends Counts {
  readonly flag: string;
  readonly variant: string;
  readonly outcome: string;
}

/** Counts how checkouts ended, by the variant of a flag that they were made with. */
export class Outcomes {
  readonly #flag: string;
  readonly #all = new Map<string, Counts>();
  #untold = new Map<string, Counts>();

  constructor(flag: string) {
    this.#flag = flag;
  }

  count(variant: string, end: 'good' | 'bad'): void {
    for (const counts of [this.#all, this.#untold]) {
      const before = counts.get(variant) ?? { good: 0, bad: 0 };
      counts.set(variant, { ...before, [end]: before[end] + 1 });
    }
  }

  /** What was counted since the last time that this was asked. */
  take(): readonly Outcome[] {
    const taken = [...this.#untold].map(([variant, counts]) => {
      return { flag: this.#flag, variant, outcome: 'checkout', ...counts };
    });
    this.#untold = new Map();
    return taken;
  }

  /** All since the shop started, in the text format of Prometheus. Both ends of a variant are there as soon as it is. */
  text(): string {
    const name = 'shop_checkouts_total';
    const lines = [...this.#all].flatMap(([variant, counts]) => {
      const labels = `flag="${this.#flag}",flag_variant="${variant}"`;
      return [`${name}{${labels},end="good"} ${counts.good}`, `${name}{${labels},end="bad"} ${counts.bad}`];
    });
    if (lines.length === 0) return '';
    return [`# HELP ${name} Checkouts by variant of a flag.`, `# TYPE ${name} counter`, ...lines, ''].join('\n');
  }
}
