import type { VisitorCounts } from '@slipway/provider-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TrafficCounts } from '../counts.ts';

/** An answer to a visitor; a status of 0 stands for none. */
interface Met {
  readonly visitor: string;
  readonly version: string;
  readonly status: number;
}

function meet(counts: TrafficCounts, { visitor, version, status }: Met): void {
  const tally = counts.begin(version, 1, visitor);
  if (status === 0) tally.failed(2);
  else tally.answered(status, 1, 2);
  tally.left();
}

function counting(capacity?: number): TrafficCounts {
  const counts = new TrafficCounts('boot', capacity);
  counts.route(new Map(['v1', 'v2'].map((version) => [version, []])));
  counts.recognise('sid', ['v1', 'v2']);
  return counts;
}

const visitorsOf = (counts: TrafficCounts): Record<string, VisitorCounts | null | undefined> =>
  Object.fromEntries(Object.entries(counts.read(0).versions).map(([name, { visitors }]) => [name, visitors]));

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      visitor: fc.constantFrom('a', 'b', 'c', 'd'),
      version: fc.constantFrom('v1', 'v2'),
      status: fc.constantFrom(0, 200, 404, 500),
    }),
  },
  { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom('v1', 'v2')) },
);

it('of each visitor the answers up to the first bad one count, until a version begins to have traffic', () => {
  const asked = fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
    const counts = counting();
    const model = { v1: { answered: 0, bad: 0 }, v2: { answered: 0, bad: 0 } };
    const failed = new Set<string>();
    let carrying = ['v1', 'v2'];
    for (const each of steps) {
      if (Array.isArray(each)) {
        counts.recognise('sid', each);
        if (each.some((version) => !carrying.includes(version))) failed.clear();
        carrying = each;
        continue;
      }
      meet(counts, each);
      if (failed.has(each.visitor)) continue;
      const bad = each.status === 0 || each.status >= 500;
      const version = model[each.version === 'v1' ? 'v1' : 'v2'];
      version.answered += 1;
      if (!bad) continue;
      version.bad += 1;
      failed.add(each.visitor);
    }
    expect(visitorsOf(counts)).toEqual(model);
  });
  fc.assert(asked);
});

describe('visitors', () => {
  it('who try again at once are one failure each, though all their requests were on their way', () => {
    const counts = counting();
    const tallies = Array.from({ length: 30 }, (_, index) => index % 3).map((visitor) =>
      counts.begin('v2', 1, `${visitor}`),
    );
    for (const tally of tallies) tally.failed(2);
    expect(visitorsOf(counts)['v2']).toEqual({ answered: 3, bad: 3 });
    expect(counts.read(0).versions['v2']?.answers.failed).toBe(30);
  });

  it('who leave before an answer count for nothing', () => {
    const counts = counting();
    counts.begin('v2', 1, 'ada').left();
    expect(visitorsOf(counts)['v2']).toEqual({ answered: 0, bad: 0 });
  });

  it('beyond the bound are not told apart on any version, until another one has traffic', () => {
    const counts = counting(2);
    for (const visitor of ['a', 'b', 'a']) meet(counts, { visitor, version: 'v1', status: 500 });
    meet(counts, { visitor: 'd', version: 'v2', status: 200 });
    expect(visitorsOf(counts)).toEqual({ v1: { answered: 2, bad: 2 }, v2: { answered: 1, bad: 0 } });
    meet(counts, { visitor: 'c', version: 'v1', status: 500 });
    expect(visitorsOf(counts)).toEqual({ v1: null, v2: null });
    for (const version of ['v1', 'v2']) meet(counts, { visitor: 'd', version, status: 500 });
    counts.recognise('sid', ['v2']);
    expect(visitorsOf(counts)).toEqual({ v1: null, v2: null });
    counts.recognise('sid', ['v2', 'v3']);
    const before = visitorsOf(counts);
    meet(counts, { visitor: 'd', version: 'v3', status: 500 });
    // What was met meanwhile is in neither: it was said to be unknown.
    expect([before['v2'], visitorsOf(counts)['v3']]).toEqual([
      { answered: 1, bad: 0 },
      { answered: 1, bad: 1 },
    ]);
  });

  it('are as many as are promised, and are not confused', () => {
    const counts = counting();
    const all = Array.from({ length: 200_000 }, (_, index) => `visitor-${index}`);
    for (const visitor of all) meet(counts, { visitor, version: 'v1', status: 500 });
    for (const visitor of all) meet(counts, { visitor, version: 'v2', status: 500 });
    const most = { answered: 200_000, bad: 200_000 };
    expect(visitorsOf(counts)).toEqual({ v1: most, v2: { answered: 0, bad: 0 } });
    meet(counts, { visitor: 'one more', version: 'v2', status: 200 });
    expect(visitorsOf(counts)['v1']).toEqual(most);
    meet(counts, { visitor: 'one more', version: 'v2', status: 500 });
    expect(visitorsOf(counts)).toEqual({ v1: null, v2: null });
  });

  it('are others when the cookie is another', () => {
    const counts = counting();
    meet(counts, { visitor: 'ada', version: 'v1', status: 500 });
    counts.recognise('session', ['v1', 'v2']);
    meet(counts, { visitor: 'ada', version: 'v1', status: 500 });
    expect(visitorsOf(counts)['v1']).toEqual({ answered: 2, bad: 2 });
  });
});
