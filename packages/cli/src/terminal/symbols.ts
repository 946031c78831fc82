/** Signs of the screens. A sign never stands alone: a word beside it says the same. */
export interface Symbols {
  readonly passed: string;
  readonly failed: string;
  readonly active: string;
  readonly waiting: string;
  readonly skipped: string;
  readonly warning: string;
  readonly activity: string;
  readonly dot: string;
  readonly thence: string;
  readonly more: string;
  /** Cells of a bar: the new version, then the others in turn. */
  readonly cells: readonly [string, string, string];
}

const UNICODE: Symbols = {
  passed: '✔',
  failed: '✖',
  active: '▶',
  waiting: '○',
  skipped: '»',
  warning: '▲',
  activity: '└',
  dot: '·',
  thence: '→',
  more: '…',
  cells: ['█', '░', '▒'],
};

const ASCII: Symbols = {
  passed: '+',
  failed: 'x',
  active: '>',
  waiting: '.',
  skipped: '~',
  warning: '!',
  activity: '-',
  dot: '-',
  thence: '->',
  more: '...',
  cells: ['#', '-', '='],
};

export function symbolsFor(unicode: boolean): Symbols {
  return unicode ? UNICODE : ASCII;
}
