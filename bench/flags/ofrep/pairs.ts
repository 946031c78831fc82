/** What is asked of both servers, as near to each other as their interfaces come. */
export interface Pair {
  readonly title: string;
  /** In the set that is asked. */
  readonly flags: number;
  /** Slipway is asked for the first flag alone. Unleash's server cannot be: it answers every flag of the project. */
  readonly single: boolean;
}

export const PAIRS: readonly Pair[] = [
  { title: 'One flag: OFREP single, and a frontend API that has this flag only', flags: 1, single: true },
  { title: 'Two flags: OFREP bulk, and the frontend API', flags: 2, single: false },
  { title: 'A hundred flags: OFREP bulk, and the frontend API', flags: 100, single: false },
];
