import { z } from 'zod';
import { sha256 } from '../compare.ts';
import { labels, MOST_ALERTS, plainAlert, readAs } from '../plain-alert.ts';
import type { ReadAlert } from '../sender.ts';

/** What Alertmanager's webhook sends (version 4), and Grafana's as well; keys that are not used may be there. */
const group = z.object({
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved']),
        labels,
        // Only one of them is used: what the others explain, at whatever length, must not have the alert refused.
        annotations: z.looseObject({ summary: z.unknown() }).nullish(),
        startsAt: z.string().max(100).default(''),
        fingerprint: z.string().max(200).default(''),
      }),
    )
    .max(MOST_ALERTS),
});

/** One incident lasts from an alert's start to its end: it is told of again with the same start. Throws UnreadableAlert. */
export function readGroup(value: unknown): readonly ReadAlert[] {
  return readAs(group, value).alerts.map(({ status, labels: own, annotations, startsAt, fingerprint }) => {
    const name = fingerprint === '' ? nameOf(own) : fingerprint;
    const summary = annotations?.summary;
    const title = typeof summary === 'string' ? summary : (own['alertname'] ?? '');
    return plainAlert({
      isFiring: status === 'firing',
      incident: `${name}@${startsAt}`,
      title: String(title),
      labels: own,
    });
  });
}

/** As a fingerprint would: the same for the same labels, in any order. */
function nameOf(own: z.output<typeof labels>): string {
  const written = Object.entries(own).map(([label, value]) => JSON.stringify([label, value]));
  return sha256(written.toSorted((one, other) => (one < other ? -1 : 1)).join('')).slice(0, 16);
}
