import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deadlockOf, type StandingWait } from './deadlock-of.ts';

/** `a>x@b`: a waits for x, which b holds. Launches are started in the order of their names, but for what `at` says. */
function waits(text: string, at: Readonly<Record<string, number>> = {}): readonly StandingWait[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [launch = '', rest = ''] = word.split('>');
      const [environment = '', holder = ''] = rest.split('@');
      return { launch, environment, holder, startedAt: at[launch] ?? launch.charCodeAt(0) };
    });
}

const told = (ring: readonly { readonly launch: string; readonly environment: string; readonly holder: string }[]) =>
  ring.map(({ launch, environment, holder }) => `${launch}>${environment}@${holder}`).join(' ');

const RINGS: readonly [title: string, waiting: string, launch: string, ring: string][] = [
  ['nobody waits', '', 'a', ''],
  ['only another one waits', 'b>x@a', 'a', ''],
  ['it waits for one that does not wait', 'b>x@a', 'b', ''],
  ['two wait for each other, and it is the later one', 'a>y@b b>x@a', 'b', 'b>x@a a>y@b'],
  ['two wait for each other, and it is the earlier one', 'a>y@b b>x@a', 'a', ''],
  ['three in a ring, and it is the last one', 'a>y@b b>z@c c>x@a', 'c', 'c>x@a a>y@b b>z@c'],
  ['three in a ring, and it is the middle one', 'a>y@b b>z@c c>x@a', 'b', ''],
  ['it waits for a ring in which it is not', 'a>y@b b>x@a c>x@a', 'c', ''],
  ['two of its waits lead nowhere, the third comes back', 'a>z@c b>q@z c>w@b c>v@u c>x@a', 'c', 'c>x@a a>z@c'],
  [
    'a longer ring in which it is the last one hides behind one in which it is not',
    'b>x@c b>y@a a>z@b c>z@b',
    'b',
    'b>y@a a>z@b',
  ],
];

describe('the ring of a launch where', () => {
  test.each(RINGS)('%s', (_title, waiting, launch, ring) => {
    expect(told(deadlockOf(launch, waits(waiting)))).toBe(ring);
  });

  test('the one that was started last is not the one whose name comes last', () => {
    const at = { a: 2, b: 1 };
    expect(told(deadlockOf('a', waits('a>y@b b>x@a', at)))).toBe('a>y@b b>x@a');
    expect(deadlockOf('b', waits('a>y@b b>x@a', at))).toEqual([]);
  });

  test('both were started in the same moment: the ids decide', () => {
    const at = { a: 1, b: 1 };
    expect(['a', 'b'].map((id) => deadlockOf(id, waits('a>y@b b>x@a', at)).length)).toEqual([0, 2]);
  });
});

const IDS = ['a', 'b', 'c', 'd', 'e'] as const;
const graph = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...IDS)), {
    maxLength: 10,
    selector: ([launch, holder]) => launch + holder,
  })
  .map((pairs) =>
    pairs
      .filter(([launch, holder]) => launch !== holder)
      .map(([launch, holder]) => `${launch}>${holder}${holder}@${holder}`),
  )
  .map((words) => waits(words.join(' ')));

/** Whether waiting can end for everybody: whoever waits for nobody ends, and then nobody waits for that one. */
function dissolves(standing: readonly StandingWait[]): boolean {
  const left = standing.filter(({ holder }) => standing.some(({ launch }) => launch === holder));
  return left.length === 0 || (left.length < standing.length && dissolves(left));
}

test('somebody finds a ring exactly where waiting does not end by itself', () => {
  fc.assert(
    fc.property(graph, (standing) => {
      const found = IDS.filter((id) => deadlockOf(id, standing).length > 0);
      expect(found.length === 0).toBe(dissolves(standing));
    }),
  );
});

test('when those who find one wait no more, the rest dissolves by itself', () => {
  fc.assert(
    fc.property(graph, (standing) => {
      const found = new Set<string>(IDS.filter((id) => deadlockOf(id, standing).length > 0));
      expect(dissolves(standing.filter(({ launch }) => !found.has(launch)))).toBe(true);
    }),
  );
});
