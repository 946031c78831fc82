import type { ShardsAnswer, ShardsRequest } from '@slipway/contract';
import { expect, test } from 'vitest';
import { Failure, Unreachable } from '../../../failure.ts';
import { gatherShards, type News } from './gather-shards.ts';

const answerAt = (second: number, more: Partial<ShardsAnswer> = {}): ShardsAnswer => ({
  version: '1.0.0',
  source: 'live',
  now: second * 1000,
  readings: [{ boot: 'one', at: second * 1000, shards: [{ name: 'a', bad: second, total: second * 10 }] }],
  ...more,
});

type Answer = (second: number, span: ShardsRequest['span']) => ShardsAnswer | Failure;

/** Gathers for ten seconds or so, on a clock that only sleeping moves. `leaveAt`: the second in which the person has enough. */
async function gather(answer: Answer, { length = 10_000, leaveAt = Infinity } = {}) {
  let now = 0;
  const [enough, news, asked] = [new AbortController(), [] as News[], [] as ShardsRequest['span'][]];
  const shards = await gatherShards(
    {
      ask: async (span) => {
        asked.push(span);
        const given = answer(now / 1000, span);
        if (given instanceof Failure) throw given;
        return given;
      },
      elapsed: () => now,
      sleep: async (milliseconds) => {
        now += milliseconds;
        if (now >= leaveAt * 1000) enough.abort();
      },
      signal: enough.signal,
      tell: (each) => news.push(each),
      show: () => {},
    },
    length,
  );
  return { sum: shards.sum, news, asked, took: now };
}

test('reads once a second until the time is over', async () => {
  const { sum, news, asked, took } = await gather((second) => answerAt(second));
  expect([sum, news]).toEqual([{ seconds: 10, shards: 1, units: 100, bad: 10 }, []]);
  expect([asked.length, took]).toEqual([11, 10_000]);
});

test('names a source that is silent once, and goes on when it answers again', async () => {
  const { sum, news } = await gather((second) =>
    second > 2 && second < 6 ? new Unreachable('nobody answers', '') : answerAt(second),
  );
  expect(sum).toMatchObject({ seconds: 10, units: 100 });
  expect(news).toEqual([{ kind: 'silent', reason: 'nobody answers' }, { kind: 'heard' }]);
});

test.each<[string, Answer, News[]]>([
  [
    'it is refused on the way',
    (second) => (second < 4 ? answerAt(second) : new Failure('wrong-input', 'two versions serve')),
    [{ kind: 'ended', reason: 'two versions serve' }],
  ],
  [
    'another version runs',
    (second) => answerAt(second, { version: second < 4 ? '1.0.0' : '2.0.0' }),
    [{ kind: 'other-version', version: '2.0.0' }],
  ],
])('ends with what there is where %s', async (_, answer, expected) => {
  const { sum, news } = await gather(answer);
  expect(sum).toMatchObject({ seconds: 3, units: 30 });
  expect(news).toEqual(expected);
});

test('ends with what there is when the person has enough', async () => {
  const { sum, news } = await gather((second) => answerAt(second), { leaveAt: 3 });
  expect([sum.seconds, news]).toEqual([2, []]);
});

test('is refused where not even the first reading is there', async () => {
  await expect(gather(() => new Unreachable('nobody answers', ''))).rejects.toThrow('nobody answers');
});

test('asks for the past minute by minute, and waits for nothing', async () => {
  const { sum, asked, took } = await gather(
    (_, span) => {
      const from = (span?.from ?? 0) / 1000;
      const seconds = span === null ? [] : Array.from({ length: (span.to - span.from) / 1000 }, (__, at) => from + at);
      const readings = seconds.flatMap((second) => answerAt(second).readings);
      return answerAt(0, { source: 'past', now: 1_000_400, readings });
    },
    { length: 150_000 },
  );
  expect(asked).toEqual([
    null,
    { from: 850_000, to: 910_000 },
    { from: 910_000, to: 970_000 },
    { from: 970_000, to: 1_000_000 },
  ]);
  expect([sum, took]).toEqual([{ seconds: 149, shards: 1, units: 1490, bad: 149 }, 0]);
});
