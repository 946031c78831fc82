import { expect, test } from 'vitest';
import { OpenStreams } from './open-streams.ts';

const fill = (streams: OpenStreams, person: string, times: number) =>
  Array.from({ length: times }, () => streams.take(person));

test('a person has 50 streams, and a place again when one of them ends', () => {
  const streams = new OpenStreams();
  const [first, ...others] = fill(streams, 'ada', 50);
  expect([first, ...others]).not.toContain(null);
  expect(streams.take('ada')).toBeNull();
  expect(streams.take('grace')).not.toBeNull();
  first?.();
  expect([streams.take('ada'), streams.take('ada')]).toEqual([expect.any(Function), null]);
});

test('all together have 1,000', () => {
  const streams = new OpenStreams();
  const taken = Array.from({ length: 20 }, (_, index) => fill(streams, `person-${index}`, 50)).flat();
  expect(taken).not.toContain(null);
  expect(streams.take('grace')).toBeNull();
  taken[0]?.();
  expect(streams.take('grace')).not.toBeNull();
});
