/** How a service's day goes, alike for both versions. */
export interface Pattern {
  readonly name: string;
  /** Times the usual traffic, and times the usual share of bad answers, in a second, 1 the first. */
  readonly at: (second: number) => { readonly traffic: number; readonly bad: number };
}

const CALM = { traffic: 1, bad: 1 };
const BURST = { traffic: 1, bad: 20 };

export const STEADY: Pattern = { name: 'steady', at: () => CALM };

export const PATTERNS: readonly Pattern[] = [
  STEADY,
  { name: 'bursts, x20 for 30 s every 5 min', at: (second) => (second % 300 < 30 ? BURST : CALM) },
  {
    name: 'a day in an hour, traffic and bad x0.5 to x1.5',
    at: (second) => {
      const swing = 1 + 0.5 * Math.sin((2 * Math.PI * second) / 3_600);
      return { traffic: swing, bad: swing };
    },
  },
];
