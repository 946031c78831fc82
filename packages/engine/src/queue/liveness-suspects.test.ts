import { expect, it } from 'vitest';
import { deadOf, PATIENCE, type Suspects, suspectsOf } from './liveness-suspects.ts';

interface Look {
  /** Running time at which it was asked and answered. */
  readonly at: readonly [number, number];
  readonly free: readonly string[];
}

/** Who is dead after the last of these looks. */
function judged(looks: readonly Look[]): readonly string[] {
  let suspects: Suspects = new Map();
  let dead: readonly string[] = [];
  for (const { at, free } of looks) {
    const time = { asked: at[0], answered: at[1] };
    suspects = suspectsOf(suspects, free, time);
    dead = deadOf(suspects, time);
  }
  return dead;
}

const END = 10 + PATIENCE;

it.each<readonly [string, readonly Look[], readonly string[]]>([
  ['at the first sight', [{ at: [0, 10], free: ['1'] }], []],
  ['at the first sight, when its answer took long', [{ at: [0, 10 * PATIENCE], free: ['1'] }], []],
  [
    'a moment too early',
    [
      { at: [0, 10], free: ['1'] },
      { at: [END - 1, END + PATIENCE], free: ['1'] },
    ],
    [],
  ],
  [
    'in time',
    [
      { at: [0, 10], free: ['1'] },
      { at: [END, END], free: ['1'] },
    ],
    ['1'],
  ],
  [
    'when it had its lock back in between',
    [
      { at: [0, 10], free: ['1', '2'] },
      { at: [1_000, 1_010], free: ['2'] },
      { at: [END, END], free: ['1', '2'] },
    ],
    ['2'],
  ],
  [
    'who came later',
    [
      { at: [0, 10], free: ['1'] },
      { at: [1_000, 1_010], free: ['1', '2'] },
      { at: [END, END], free: ['1', '2'] },
    ],
    ['1'],
  ],
])('says who is dead: %s', (_title, looks, dead) => {
  expect(judged(looks)).toEqual(dead);
});
