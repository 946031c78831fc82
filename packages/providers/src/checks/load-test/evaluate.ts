import type { EvidenceItem } from '@slipway/provider-kit';
import { formatDuration, TerminalError } from '@slipway/provider-kit';
import type { LoadSummary } from './load-summary.ts';
import type { LoadTestCheckConfig } from './schema.ts';

/** Where the plan names no other. */
const MOST_ERRORS = 0.05;

/** One item for each condition. Throws TerminalError for a percentile that the summary does not have: none is worked out from others. */
export function evaluate(config: LoadTestCheckConfig, summary: LoadSummary): readonly EvidenceItem[] {
  return [
    least('requests', summary.requests, config['min-requests']),
    ...latencyItems(config, summary),
    errorItem(config, summary),
    ...(config['min-rate'] === undefined ? [] : [least('requests per second', summary.rate, config['min-rate'])]),
    ...summary.thresholds.map(({ name, found, holds }): EvidenceItem => {
      return { asked: `threshold ${name}`, found, expected: 'held', verdict: holds ? 'pass' : 'fail' };
    }),
  ];
}

function latencyItems({ latency }: LoadTestCheckConfig, summary: LoadSummary): readonly EvidenceItem[] {
  return Object.entries(latency).map(([name, limit]) => {
    const found = summary.percentiles.get(canonical(name));
    if (found === undefined) throw new TerminalError(missing(name, summary));
    const asked = `latency ${name}`;
    const expected = `at most ${formatDuration(limit)}`;
    const needed = requestsFor(name);
    if (summary.requests < needed) {
      const few = `${found} ms, of ${summary.requests} requests: ${name} needs ${needed}`;
      return { asked, found: few, expected, verdict: 'unknown' };
    }
    return { asked, found: `${found} ms`, expected, verdict: found <= limit ? 'pass' : 'fail' };
  });
}

/** `p99.90` is `p99.9`. */
const canonical = (name: string): string => `p${Number(name.slice(1))}`;

/** With fewer requests no single one lies beyond the percentile. */
function requestsFor(name: string): number {
  const thousandths = Math.round(Number(name.slice(1)) * 1_000);
  return Math.ceil(100_000 / (100_000 - thousandths));
}

function missing(name: string, { tool, percentiles }: LoadSummary): string {
  const names = [...percentiles.keys()].slice(0, 20).join(', ');
  const help = tool === 'k6' ? '; k6 writes those that its option summaryTrendStats names' : '';
  return `The summary of ${tool} has no ${name}: it has ${names === '' ? 'no percentile' : names}${help}`;
}

/** Looked at in any case: an error answers fast, and what was never answered has no latency. */
function errorItem(config: LoadTestCheckConfig, { errorRate }: LoadSummary): EvidenceItem {
  const limit = config['error-rate'] ?? MOST_ERRORS;
  const verdict = errorRate <= limit ? 'pass' : 'fail';
  return { asked: 'error rate', found: String(errorRate), expected: `at most ${limit}`, verdict };
}

function least(asked: string, found: number, limit: number): EvidenceItem {
  return { asked, found: String(found), expected: `at least ${limit}`, verdict: found >= limit ? 'pass' : 'fail' };
}
