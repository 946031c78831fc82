import { describe, expect, it } from 'vitest';
import { noisyShards, UNITS } from '../placebo/testing/noisy-shards.ts';
import { recommendSetting, type RecommendRules } from './recommend-setting.ts';

const RULES: RecommendRules = {
  newShards: 3,
  watched: 3_600,
  margin: { ratio: 1, points: 0 },
  alpha: 0.01,
  minBad: 3,
  relabellings: 60,
  seed: 1,
};
const SHARDS = { shards: 40, harmed: 0, times: 1, base: 0.025 };

function seriesOf(seconds: number, changed: Partial<Parameters<typeof noisyShards>[1]>) {
  const next = noisyShards(3, { ...SHARDS, ...changed });
  return Array.from({ length: seconds }, next);
}

describe('the setting that a metric needs', () => {
  it('is none where bad units come one by one', () => {
    const { setting, trusted, rehearsal } = recommendSetting(seriesOf(600, { noisy: false, base: 0.1 }), RULES);
    expect({ setting, trusted, aborts: rehearsal?.aborts }).toEqual({ setting: 'plain', trusted: true, aborts: 0 });
  });

  it('is that of the placebos where they come together', () => {
    const { setting, trusted, figures, why } = recommendSetting(seriesOf(900, {}), RULES);
    expect({ setting, trusted }).toEqual({ setting: 'placebo', trusted: true });
    expect(figures.dispersion).toBeGreaterThan(5);
    expect(figures.expected.placebo).toBeLessThan((figures.expected.dispersion ?? 0) / 2);
    expect(why).toMatch(/^Bad units come together .* rehearsals without a new version \d+ would have been aborted\.$/);
  });

  it('is the same whenever it is asked', () => {
    const series = seriesOf(600, {});
    expect(recommendSetting(series, RULES)).toEqual(recommendSetting(series, RULES));
  });

  it.each([
    ['too little time', seriesOf(599, {}), RULES, /599 s/],
    ['no time', [], RULES, /0 s/],
    ['too few shards', seriesOf(600, { shards: 12 }), RULES, /12 shards/],
    ['no new shard', seriesOf(600, {}), { ...RULES, newShards: 0 }, /shards are too few/],
    ['too little that is bad', seriesOf(600, { base: 0, noisy: false }), RULES, /^0 bad units/],
  ])('cannot be told from %s, and then nothing is trusted', (_, series, rules, why) => {
    const found = recommendSetting(series, rules);
    expect(found).toMatchObject({ trusted: false, setting: 'dispersion', rehearsal: null });
    expect(found.why).toMatch(why);
  });

  it('is not trusted where one shard is worse than all others for good', () => {
    const series = seriesOf(900, { shards: 20, noisy: false, base: 0.3 }).map(({ units, bad }, second) => ({
      units,
      bad: bad.map((count, shard) => (shard === 7 && second % 2 === 0 ? UNITS : count)),
    }));
    const found = recommendSetting(series, { ...RULES, newShards: 1, relabellings: 100 });
    expect(found.trusted).toBe(false);
    expect(found.why).toMatch(/not to be trusted/);
  });
});
