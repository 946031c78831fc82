import { expect, it } from 'vitest';
import { TrafficCounts } from './counts.ts';
import { MirrorTally } from './mirror/mirror-tally.ts';
import { routerCounts } from './wire.ts';

it('reads the counts of a router that an earlier Slipway started: it goes on when the server is renewed', () => {
  const mirror = new MirrorTally('v2', 'one').read();
  const { unselected: _, ...known } = mirror.leftOut;
  const told = { boot: 'one', at: 1, versions: {}, mirror: { ...mirror, leftOut: known } };
  expect(routerCounts.parse(told).mirror?.leftOut).toEqual({ ...known, unselected: 0 });
});

it('reads what is said of visitors, that there are too many, and nothing from a router of before', () => {
  const counts = new TrafficCounts('one', 1);
  counts.recognise('sid', ['v1']);
  counts.begin('v1', 1, 'ada').failed(1);
  expect(routerCounts.parse({ ...counts.read(2), mirror: null }).versions['v1']?.visitors).toEqual({
    answered: 1,
    bad: 1,
  });
  counts.begin('v1', 1, 'grace').failed(1);
  expect(routerCounts.parse({ ...counts.read(2), mirror: null }).versions['v1']?.visitors).toBeNull();
  counts.recognise(null, ['v1']);
  expect(routerCounts.parse({ ...counts.read(2), mirror: null }).versions['v1']).not.toHaveProperty('visitors');
});

it('reads what each instance answered, and nothing from a router of before', () => {
  const counts = new TrafficCounts('one');
  counts.route(new Map([['v1', ['10.0.0.1:80']]]));
  const told = { ...counts.read(2), mirror: null };
  const { instances, ...before } = told.versions['v1'] ?? {};
  expect(routerCounts.parse(told).versions['v1']?.instances).toEqual(instances);
  expect(routerCounts.parse({ ...told, versions: { v1: before } }).versions['v1']).not.toHaveProperty('instances');
});
