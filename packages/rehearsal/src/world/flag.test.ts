import type { FlagAudience } from '@slipway/plan';
import { expect, test } from 'vitest';
import { SplitRefused } from './environment.ts';
import { SimulatedFlag } from './flag.ts';

const segment = (name: string) => ({ kind: 'segment', segment: name }) as const;
const share = (percent: number, of: string | null = null): FlagAudience => ({
  kind: 'share',
  percent,
  of: of === null ? null : segment(of),
});

test('a flag has whom it was ramped to, and smaller shares of them', () => {
  const flag = new SimulatedFlag('off');
  flag.ramp({ audience: [segment('internal'), share(50), share(10, 'beta')] });
  expect(flag.has([share(5), segment('internal'), share(20, 'internal'), share(10, 'beta')])).toBe(true);
  expect([flag.has([share(51)]), flag.has([segment('beta')]), flag.has([share(20, 'beta')])]).toEqual([
    false,
    false,
    false,
  ]);
  flag.ramp({ audience: [share(100)] });
  expect(flag.has([segment('beta'), share(100, 'beta')])).toBe(true);
});

test("a flag that was killed is nobody's, and is not ramped again", () => {
  const flag = new SimulatedFlag('off');
  flag.kill();
  flag.kill();
  expect([flag.isKilled, flag.has([segment('internal')])]).toEqual([true, false]);
  expect(() => flag.ramp({ audience: [share(1)] })).toThrow(SplitRefused);
});

test('a kill that a person lifts gives the variant to nobody, until it is ramped anew', () => {
  const flag = new SimulatedFlag('off');
  flag.ramp({ audience: [share(50)] });
  flag.killAt(7);
  flag.killAt(9);
  flag.lift();
  expect([flag.isKilled, flag.has([share(1)]), flag.lostAt]).toEqual([false, false, 7]);
  flag.ramp({ audience: [share(50)] });
  expect([flag.has([share(1)]), flag.lostAt]).toEqual([true, null]);
});
