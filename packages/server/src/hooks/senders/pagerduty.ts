import { z } from 'zod';
import { headerOf, hmac, isSame } from '../compare.ts';
import { plainAlert, readAs } from '../plain-alert.ts';
import type { Sender } from '../sender.ts';
import { keptSecret } from './kept-secret.ts';

const HOUR = 3_600_000;

const named = z.object({ id: z.string().max(200).nullish(), summary: z.string().max(2_000).nullish() }).nullish();

/** What a webhook of version 3 sends; keys that are not used may be there. */
const delivery = z.object({
  event: z.object({
    id: z.string().min(1).max(200),
    event_type: z.string().max(200),
    occurred_at: z.string().max(100),
    data: z.looseObject({
      id: z.string().max(200).nullish(),
      title: z.string().max(10_000).nullish(),
      urgency: z.string().max(200).nullish(),
      service: named,
      priority: named,
    }),
  }),
});

/** Nobody is known to be at it. */
const FIRING: ReadonlySet<string> = new Set([
  'incident.triggered',
  'incident.reopened',
  'incident.escalated',
  'incident.unacknowledged',
  'incident.priority_updated',
]);

/**
 * PagerDuty signs the body, in hexadecimal HMAC-SHA256 behind "v1=", once with each secret while one takes another's place. It signs
 * no time: the event's own counts, and as it sends again for a while, an hour is let pass.
 */
export const pagerduty: Sender = {
  name: 'pagerduty',
  keyOf: keptSecret,
  knows: ({ headers, body }, keys) => {
    const shown = headerOf(headers, 'x-pagerduty-signature').split(',', 10);
    const signatures = shown.map((each) => each.trim()).filter((each) => each.startsWith('v1='));
    const wanted = keys.map((key) => `v1=${hmac(key, body)}`);
    return signatures.flatMap((signature) => wanted.map((each) => isSame(each, signature))).includes(true);
  },
  read: (value) => {
    const { event } = readAs(delivery, value);
    return { id: event.id, keepFor: 24 * HOUR, madeAt: Date.parse(event.occurred_at), alerts: alertsOf(event) };
  },
};

function alertsOf({ id: event, event_type: type, data }: z.output<typeof delivery>['event']) {
  if (!type.startsWith('incident.')) return [];
  const { id, title, urgency, service, priority } = data;
  const labels = {
    event_type: type,
    urgency: urgency ?? null,
    service: service?.summary ?? null,
    service_id: service?.id ?? null,
    priority: priority?.summary ?? null,
  };
  return [plainAlert({ isFiring: FIRING.has(type), incident: id ?? event, title: title ?? '', labels })];
}
