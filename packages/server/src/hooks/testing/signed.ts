import type { AlertSender } from '@slipway/plan';
import { Webhook } from 'standardwebhooks';
import { hmac } from '../compare.ts';

/** Secrets of the tests, by sender. They stand in no answer. */
export const SECRETS: Readonly<Record<AlertSender, string>> = {
  alertmanager: 'planted-alertmanager-token',
  grafana: 'planted-grafana-secret-0123456789',
  pagerduty: 'planted-pagerduty-secret-0123456789',
  standard: `whsec_${Buffer.from('planted-standard-key-0123456789').toString('base64')}`,
};

export interface Signing {
  readonly now: number;
  readonly secret?: string;
  readonly id?: string;
}

/** Headers as the sender itself would write them. */
export function signed(from: AlertSender, body: string | Buffer, signing: Signing): Record<string, string> {
  const { now, secret = SECRETS[from], id = 'msg_1' } = signing;
  const seconds = String(Math.floor(now / 1000));
  const json = { 'content-type': 'application/json' };
  switch (from) {
    case 'alertmanager':
      return { ...json, authorization: `Bearer ${secret}` };
    case 'grafana': {
      const signature = hmac(secret, `${seconds}:`, body);
      return { ...json, 'x-grafana-alerting-timestamp': seconds, 'x-grafana-alerting-signature': signature };
    }
    case 'pagerduty':
      return { ...json, 'x-pagerduty-signature': `v1=${hmac('another', body)},v1=${hmac(secret, body)}` };
    case 'standard': {
      const signature = new Webhook(secret).sign(id, new Date(now), body.toString());
      return { ...json, 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signature };
    }
  }
}

const GROUP = {
  version: '4',
  status: 'firing',
  receiver: 'slipway',
  commonLabels: { service: 'shop' },
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'TooManyErrors', service: 'shop' },
      annotations: { summary: 'Too many errors' },
      startsAt: '2026-11-24T10:00:00Z',
      endsAt: '0001-01-01T00:00:00Z',
      fingerprint: 'f1',
    },
  ],
};

/** What each of them sends, as a value. `now` in epoch ms. */
export function sampleOf(from: AlertSender, now: number): object {
  switch (from) {
    case 'alertmanager':
      return GROUP;
    case 'grafana':
      return { ...GROUP, orgId: 1, title: '[FIRING:1]', state: 'alerting', message: 'x' };
    case 'pagerduty':
      return {
        event: {
          id: '01EVENT',
          event_type: 'incident.triggered',
          resource_type: 'incident',
          occurred_at: new Date(now).toISOString(),
          data: {
            id: 'PINC1',
            type: 'incident',
            title: 'Too many errors',
            urgency: 'high',
            service: { id: 'PSVC', summary: 'shop' },
            priority: null,
          },
        },
      };
    case 'standard':
      return { type: 'incident.opened', timestamp: new Date(now).toISOString(), data: { service: 'shop', title: 'x' } };
  }
}
