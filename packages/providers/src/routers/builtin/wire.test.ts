import { expect, it } from 'vitest';
import { MirrorTally } from './mirror/mirror-tally.ts';
import { routerCounts } from './wire.ts';

it('reads the counts of a router that an earlier Slipway started: it goes on when the server is renewed', () => {
  const mirror = new MirrorTally('v2', 'one').read();
  const { unselected: _, ...known } = mirror.leftOut;
  const told = { boot: 'one', at: 1, versions: {}, mirror: { ...mirror, leftOut: known } };
  expect(routerCounts.parse(told).mirror?.leftOut).toEqual({ ...known, unselected: 0 });
});
