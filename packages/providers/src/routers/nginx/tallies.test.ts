import { expect, it } from 'vitest';
import type { LogLine } from './log-line.ts';
import { countsOf, emptyTally, maxBroken, Tallying } from './tallies.ts';

const targets = { a: { version: 'v1', addresses: [] }, b: { version: 'v2', addresses: [] } };
const nothing = { tallies: {}, broken: [] };

const request = (changed: Partial<LogLine & { kind: 'request' }> = {}): LogLine => ({
  kind: 'request',
  upstream: 'p_a',
  outcome: '2xx',
  latency: 12,
  begunAt: 1_000,
  endedAt: 1_012,
  connection: '1*7',
  ...changed,
});

function tallied(lines: readonly LogLine[], before: ConstructorParameters<typeof Tallying>[1] = nothing) {
  const tallying = new Tallying('p', before, targets);
  for (const line of lines) tallying.add(line);
  return tallying.result;
}

it('counts by version, with zeros for one that nobody met', () => {
  const { tallies } = tallied([
    request(),
    request({ outcome: '5xx', begunAt: 900, endedAt: 1_100 }),
    request({ outcome: 'left' }),
  ]);
  expect(countsOf(tallies)).toEqual({
    v1: {
      requests: 3,
      answers: { ...emptyTally('').answers, '2xx': 1, '5xx': 1 },
      latency: { 114: 2 },
      inFlight: null,
      firstRequestAt: 900,
      firstBadAt: 1_100,
      lastRequestAt: 1_000,
    },
    v2: {
      requests: 0,
      answers: emptyTally('').answers,
      latency: {},
      inFlight: null,
      firstRequestAt: null,
      firstBadAt: null,
      lastRequestAt: null,
    },
  });
});

it('counts an answer that broke off as failed, once, also where the two lines are read apart', () => {
  const first = tallied([{ kind: 'broken', connection: '1*7' }]);
  expect(first.broken).toEqual(['1*7']);
  const { tallies, broken } = tallied([request(), request(), request({ connection: '1*8' })], first);
  expect(tallies['a']?.answers).toMatchObject({ failed: 1, '2xx': 2 });
  expect(tallies['a']).toMatchObject({ firstBadAt: 1_012 });
  expect(broken).toEqual([]);
});

it.each(['p_c', 'q_a', 'p_', 'a', 'p_constructor', '-'])('counts nothing for %s', (upstream) => {
  expect(tallied([request({ upstream })])).toEqual(tallied([]));
});

it('keeps within bounds', () => {
  const many = Array.from({ length: maxBroken + 5 }, (_, connection): LogLine => ({
    kind: 'broken',
    connection: `1*${connection}`,
  }));
  expect(tallied(many).broken).toHaveLength(maxBroken);
  const past = Object.fromEntries(
    Array.from({ length: 50 }, (_, age) => [`x${age}`, { ...emptyTally(`old${age}`), lastRequestAt: age }]),
  );
  const kept = Object.keys(tallied([], { tallies: past, broken: [] }).tallies);
  expect(kept.toSorted()).toEqual(['a', 'b', ...Array.from({ length: 20 }, (_, age) => `x${age + 30}`)]);
});
