import { describe, expect, it } from 'vitest';
import { REFERENCE_DESIGN } from '../kernel/design.ts';
import { noisyShards } from '../placebo/testing/noisy-shards.ts';
import { searchAlarm } from './alarm-search.ts';
import { dispersionOf } from './dispersion.ts';
import { worsened } from './worsen.ts';

const RULES = { design: REFERENCE_DESIGN, newShards: 3, watched: 3_600, evidence: Math.log(100) + 2.6 };
const SHARDS = { shards: 40, harmed: 0, times: 1, base: 0.05 };

function seriesOf(noisy: boolean, seconds = 600) {
  const next = noisyShards(11, { ...SHARDS, noisy });
  return Array.from({ length: seconds }, next);
}

describe('the alarm that finds harm soonest', () => {
  it('looks at every second, and lets no shard rest, where bad units come one by one', () => {
    const found = searchAlarm(seriesOf(false), RULES);
    expect(found).toMatchObject({ window: 1, atMost: 0, rest: 0 });
    expect(found?.clustering).toBeLessThan(1.5);
  });

  it('takes seconds together, or lets shards rest, where bad units come together, so that little of that is left', () => {
    const series = seriesOf(true);
    const found = searchAlarm(series, RULES);
    expect((found?.window ?? 0) + (found?.rest ?? 0)).toBeGreaterThan(1);
    const shares = Array.from({ length: SHARDS.shards }, () => 1 / SHARDS.shards);
    const dispersion = dispersionOf(
      shares,
      series.map(({ bad }) => bad),
    );
    expect(found?.clustering).toBeLessThan(dispersion / 3);
  });

  it('tries no rest of which the data holds fewer than three', () => {
    expect(searchAlarm(seriesOf(true, 150), RULES)?.rest).toBeLessThanOrEqual(60);
  });

  it('is none where nothing is ever bad', () => {
    const calm = seriesOf(false).map(({ units }) => ({ units, bad: units.map(() => 0) }));
    expect(searchAlarm(calm, RULES)).toBe(null);
  });
});

describe('shards that are made worse', () => {
  it('get what others had on top, units as well', () => {
    const made = worsened([{ units: [9, 9, 9, 9, 9, 9], bad: [1, 2, 3, 4, 5, 6] }], 3);
    // Two shards on, and four.
    expect(made).toEqual([{ units: [17, 19, 15, 17, 13, 15], bad: [9, 12, 9, 12, 9, 12] }]);
  });
});
