import { describe, expect, it } from 'vitest';
import { maxVersions, TrafficCounts } from './counts.ts';

const routed = (...versions: readonly string[]) => new Map(versions.map((version) => [version, []]));
const none = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, failed: 0 };

describe('TrafficCounts', () => {
  it('counts from zero, in plain sight, what is routed', () => {
    const counts = new TrafficCounts('boot');
    counts.route(routed('v1'));
    const untouched = {
      requests: 0,
      answers: none,
      latency: {},
      inFlight: 0,
      firstRequestAt: null,
      firstBadAt: null,
      lastRequestAt: null,
      instances: {},
    };
    expect(counts.read(5)).toEqual({ boot: 'boot', at: 5, versions: { v1: untouched } });
  });

  it.each([
    [100, '1xx', null],
    [101, '1xx', null],
    [200, '2xx', null],
    [299, '2xx', null],
    [304, '3xx', null],
    [404, '4xx', null],
    [499, '4xx', null],
    [500, '5xx', 8],
    [599, '5xx', 8],
    [600, '5xx', 8],
    [999, '5xx', 8],
  ])('counts %i as %s', (status, answer, firstBadAt) => {
    const counts = new TrafficCounts('boot');
    const tally = counts.begin('v1', 7);
    expect(counts.read(0).versions['v1']).toMatchObject({ requests: 1, answers: none, inFlight: 1 });
    tally.answered(status, 2, 8);
    tally.left();
    expect(counts.read(0).versions['v1']).toEqual({
      requests: 1,
      answers: { ...none, [answer]: 1 },
      latency: { 31: 1 },
      inFlight: 0,
      firstRequestAt: 7,
      firstBadAt,
      lastRequestAt: 7,
      instances: {},
    });
  });

  it('keeps the first bad answer, whether 5xx or failed, and the first and last request', () => {
    const counts = new TrafficCounts('boot');
    for (const at of [10, 20, 30]) {
      const tally = counts.begin('v1', at);
      if (at === 20) tally.failed(21);
      if (at === 30) tally.answered(503, 1, 31);
      tally.left();
    }
    expect(counts.read(0).versions['v1']).toMatchObject({
      requests: 3,
      answers: { ...none, '5xx': 1, failed: 1 },
      inFlight: 0,
      firstRequestAt: 10,
      firstBadAt: 21,
      lastRequestAt: 30,
    });
  });

  it('gives a reading that stays as it was', () => {
    const counts = new TrafficCounts('boot');
    counts.begin('v1', 1).answered(200, 1, 1);
    const reading = counts.read(1);
    const copy = structuredClone(reading);
    counts.begin('v1', 2).answered(200, 1, 2);
    expect(reading).toEqual(copy);
  });

  it('forgets the versions that were quiet for longest, never one that is routed or in flight', () => {
    const counts = new TrafficCounts('boot');
    const inFlight = counts.begin('in-flight', 0);
    for (let version = 0; version < maxVersions + 5; version += 1) {
      counts.route(routed(`v${version}`, 'kept'));
      counts.begin(`v${version}`, 1_000 + version).left();
    }
    counts.route(routed('v0', 'kept'));
    const versions = Object.keys(counts.read(0).versions);
    expect(versions).toHaveLength(maxVersions);
    expect(versions).toEqual(expect.arrayContaining(['in-flight', 'kept', 'v0', `v${maxVersions + 4}`]));
    expect(versions).not.toContain('v1');
    inFlight.left();
  });

  it('counts by instance: the one that a request went to last, of those that are routed to', () => {
    const counts = new TrafficCounts('boot');
    const instances = () => counts.read(0).versions['v1']?.instances;
    counts.route(new Map([['v1', ['a', 'b']]]));
    const [refused, failing, late] = [counts.begin('v1', 1), counts.begin('v1', 1), counts.begin('v1', 1)];
    refused.sentTo('a');
    refused.sentTo('b');
    refused.answered(200, 1, 2);
    failing.sentTo('a');
    failing.failed(2);
    expect(instances()).toEqual({ a: { ...none, failed: 1 }, b: { ...none, '2xx': 1 } });
    late.sentTo('a');
    counts.route(new Map([['v1', ['b', 'c']]]));
    late.answered(500, 1, 3);
    expect(instances()).toEqual({ b: { ...none, '2xx': 1 }, c: none });
    expect(counts.read(0).versions['v1']?.answers).toEqual({ ...none, '2xx': 1, '5xx': 1, failed: 1 });
    counts.route(new Map([['v2', ['d']]]));
    expect(instances()).toEqual({});
  });

  it('takes any text for a version', () => {
    const counts = new TrafficCounts('boot');
    counts.begin('__proto__', 1);
    counts.begin('constructor', 1);
    expect(Object.keys(counts.read(0).versions)).toEqual(['__proto__', 'constructor']);
  });
});
