import type { Judging, WatchedGauge } from '@slipway/plan';

/** What must stay true for as long as a version is watched, each once. */
export function watchedTexts(judgings: readonly Judging[]): readonly string[] {
  const conditions = judgings.flatMap((judging) => judging.conditions.map(({ cel }) => cel));
  const gauges = judgings.flatMap((judging) => (judging.gauges ?? []).flatMap(gaugeTexts));
  return [...new Set([...conditions, ...gauges])].map((text) => `while ${text}`);
}

function gaugeTexts({ metric, unit, below, above, times, rising }: WatchedGauge): readonly string[] {
  const inUnit = unit === '' ? '' : ` ${unit}`;
  return [
    ...(below === null ? [] : [`${metric} stays below ${below}${inUnit}`]),
    ...(above === undefined ? [] : [`${metric} stays above ${above}${inUnit}`]),
    ...(times === null ? [] : [`${metric} is at most ${times} times the old version's`]),
    ...(rising === 'ignore' ? [] : [`${metric} does not rise by itself`]),
  ];
}
