import { type EventCounts, readWindow, type WindowCounts } from './event-counts.ts';

/**
 * What two counters that only grow have counted between the first and the last of their samples, oldest first.
 * A `total` that falls began again at zero: what it shows since is added, as Prometheus' `increase()` does it
 * (prometheus.io/docs/prometheus/latest/querying/functions/#increase), without the extrapolation.
 * A gap in the middle costs nothing. null where the first or the last sample is unknown, where there are fewer than two, or where
 * `bad` fell and `total` did not: then one of the two restarted unseen, and nobody knows what was lost.
 */
export function counterIncrease(samples: readonly WindowCounts[]): WindowCounts {
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (samples.length < 2 || !isCounted(first) || !isCounted(last)) return null;
  let before: EventCounts = first;
  let [bad, total] = [0, 0];
  for (const sample of samples.slice(1)) {
    if (sample === null) continue;
    const grown = isCounted(sample) ? grownBy(before, sample) : null;
    if (grown === null) return null;
    bad += grown.bad;
    total += grown.total;
    before = sample;
  }
  return isCounted({ bad, total }) ? { bad, total } : null;
}

function isCounted(sample: WindowCounts | undefined): sample is EventCounts {
  if (sample === undefined || sample === null) return false;
  const reading = readWindow(sample);
  return reading.is === 'known' || reading.why === 'empty';
}

function grownBy(before: EventCounts, after: EventCounts): EventCounts | null {
  if (after.total < before.total) return after;
  const grown = { bad: after.bad - before.bad, total: after.total - before.total };
  return isCounted(grown) ? grown : null;
}
