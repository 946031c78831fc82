import type { EvidenceItem, HttpResponse } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';
import { jsonItems } from './json-items.ts';
import { matches } from '../../http/matches.ts';
import type { HttpCheckConfig } from './schema.ts';

/** One item for each condition on an answer. */
export function evaluate(config: HttpCheckConfig, response: HttpResponse): readonly EvidenceItem[] {
  return [
    statusItem(config, response),
    ...latencyItems(config, response),
    ...headerItems(config, response),
    ...jsonItems(config, response),
  ];
}

function statusItem({ status }: HttpCheckConfig, response: HttpResponse): EvidenceItem {
  const verdict = response.status === status ? 'pass' : 'fail';
  return { asked: 'status', found: String(response.status), expected: String(status), verdict };
}

function latencyItems({ latency }: HttpCheckConfig, { milliseconds }: HttpResponse): readonly EvidenceItem[] {
  if (latency === undefined) return [];
  const verdict = milliseconds < latency.below ? 'pass' : 'fail';
  const expected = `below ${formatDuration(latency.below)}`;
  return [{ asked: 'latency', found: `${milliseconds.toFixed(1)} ms`, expected, verdict }];
}

function headerItems({ header }: HttpCheckConfig, { headers }: HttpResponse): readonly EvidenceItem[] {
  return Object.entries(header).map(([name, condition]) => {
    const asked = `header ${name}`;
    const found = headers[name.toLowerCase()];
    const expected = typeof condition === 'string' ? condition : `matches ${JSON.stringify(condition.matches)}`;
    if (found === undefined) return { asked, found: 'no such header', expected, verdict: 'unknown' };
    if (typeof condition !== 'string') return { asked, found, expected, verdict: matches(found, condition.matches) };
    return { asked, found, expected, verdict: found === condition ? 'pass' : 'fail' };
  });
}
