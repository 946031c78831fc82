import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ByteBudget } from './byte-budget.ts';
import type { Original, TapSink } from './live-tap.ts';
import { LiveTap } from './live-tap.ts';
import type { LeftOutReason } from './mirror-tally.ts';

const all = 2_000_000;

function sink(budget = new ByteBudget(all)) {
  const [originals, leftOut]: [Original[], LeftOutReason[]] = [[], []];
  const here: TapSink = {
    budget,
    holdsAnswers: true,
    whole: (original) => void originals.push(original),
    leftOut: (reason) => void leftOut.push(reason),
  };
  return { ...here, originals, taken: leftOut };
}

const json = { 'content-type': 'application/json', 'content-encoding': 'gzip', 'set-cookie': ['a=1'] };

describe('a tap', () => {
  it('hands over the pair once, which holds its bytes until it is released', () => {
    const here = sink();
    const tap = new LiveTap('POST', here);
    tap.sending('/a?b', { host: 'shop' });
    tap.sendingPiece(Buffer.from('one '));
    tap.sendingPiece(Buffer.from('two'));
    tap.sent();
    tap.answered(201, json);
    tap.answeredPiece(Buffer.from('made'));
    tap.answeredWhole();
    tap.ended();
    tap.answeredWhole();
    expect([here.originals.length, here.taken]).toEqual([1, []]);
    const [original] = here.originals;
    expect(original).toMatchObject({ method: 'POST', path: '/a?b', headers: { host: 'shop' } });
    expect(original?.given).toMatchObject({ status: 201, contentType: 'application/json', contentEncoding: 'gzip' });
    expect(original?.given.latencyMs).toBeGreaterThanOrEqual(0);
    const bodies = [original?.body, original?.given.body].map((body) => Buffer.from(body?.bytes ?? []).toString());
    expect(bodies).toEqual(['one two', 'made']);
    expect(here.budget.left).toBeLessThan(all);
    original?.release();
    original?.release();
    expect(here.budget.left).toBe(all);
  });

  it.each<[string, (tap: LiveTap) => void, LeftOutReason]>([
    ['the exchange ends before an answer', (tap) => tap.ended(), 'brokenOff'],
    [
      'the answer is not whole',
      (tap) => {
        tap.sent();
        tap.answered(200, json);
        tap.answeredPiece(Buffer.alloc(1_000));
        tap.ended();
      },
      'brokenOff',
    ],
    [
      'the request was not whole',
      (tap) => {
        tap.answered(413, {});
        tap.answeredWhole();
        tap.ended();
      },
      'brokenOff',
    ],
    [
      'the answer is a stream of events, which has no end',
      (tap) => {
        tap.sent();
        tap.answered(200, { 'content-type': 'text/event-stream; charset=utf-8' });
        tap.answeredPiece(Buffer.alloc(1_000));
      },
      'tooLarge',
    ],
    ['the request is too large', (tap) => tap.sendingPiece(Buffer.alloc(70_000)), 'tooLarge'],
    ['its headers are more than may be held', (tap) => tap.sending('/', { cookie: 'x'.repeat(all) }), 'busy'],
  ])('leaves out a pair when %s, and holds nothing then', (_what, play, reason) => {
    const here = sink();
    const tap = new LiveTap('POST', here);
    tap.sending('/', { host: 'shop' });
    play(tap);
    tap.ended();
    expect([here.originals.length, here.taken, here.budget.left]).toEqual([0, [reason], all]);
  });

  it('counts latency from when the request had been sent: the client may have been slow', async () => {
    const here = sink();
    const tap = new LiveTap('POST', here);
    tap.sending('/', {});
    await sleep(50);
    const before = performance.now();
    tap.sent();
    await sleep(5);
    tap.answered(200, {});
    const most = performance.now() - before;
    tap.answeredWhole();
    const latency = here.originals[0]?.given.latencyMs;
    expect(latency).toBeGreaterThan(0);
    expect(latency).toBeLessThanOrEqual(most);
  });

  it('throws nothing, whatever is thrown in it', () => {
    const fail = (): never => {
      throw new Error('a mistake');
    };
    const failing: TapSink = { budget: new ByteBudget(all), holdsAnswers: true, whole: fail, leftOut: fail };
    const whole = new LiveTap('GET', failing);
    whole.sending('/', { host: 'shop' });
    whole.sent();
    whole.answered(200, {});
    whole.answeredPiece(Buffer.alloc(10));
    whole.answeredWhole();
    whole.ended();
    const broken = new LiveTap('GET', failing);
    broken.sending('/', {});
    broken.sendingPiece(Buffer.alloc(70_000));
    broken.ended();
    expect(failing.budget.left).toBe(all);
  });
});
