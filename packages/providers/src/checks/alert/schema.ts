import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { prometheusKeys } from '../../metric-sources/prometheus/schema.ts';

const alertmanager = z.strictObject({
  url: prometheusKeys.url.describe(
    'Where Alertmanager is, without /api/v2. Example: "http://alertmanager.internal:9093".',
  ),
  auth: prometheusKeys.auth,
  'fire-test': z
    .boolean()
    .default(false)
    .describe(
      'Whether a test alert is posted, looked for, and resolved. It changes something: whoever is called by its labels is called. Default: false. Example: true.',
    ),
  labels: z
    .record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'is not the name of a label' }), z.string().max(500))
    .default({})
    .describe('Labels of the test alert, by which it is routed. Example: {team: shop, severity: page}.'),
  receiver: z
    .string()
    .min(1)
    .optional()
    .describe('The receiver that the test alert must be routed to. Default: any. Example: on-call.'),
});

export const alertCheckSchema = z
  .strictObject({
    ...prometheusKeys,
    rules: z
      .array(z.string().min(1).max(300))
      .min(1)
      .max(90)
      .describe('Names of alerting rules that must be loaded and healthy. Example: [HighErrorRate, SlowCheckout].'),
    alertmanager: alertmanager
      .optional()
      .describe(
        'The Alertmanager to try. Default: only Prometheus is asked whether it has one. Example: {url: "http://alertmanager:9093", fire-test: true}.',
      ),
    timeout: duration({ min: 100, max: 120_000 })
      .prefault('10s')
      .describe('How long one answer may take, and the test alert to be seen. Default: 10s. Example: 30s.'),
  })
  .refine(({ alertmanager: given }) => given === undefined || given['fire-test'], {
    error: 'alertmanager is for a test alert: say fire-test: true, or leave it out',
    path: ['alertmanager'],
  })
  .describe('Alerts can fire: their rules are healthy, Prometheus reaches an Alertmanager, and a test alert arrives.');

export type AlertCheckConfig = z.infer<typeof alertCheckSchema>;
export type AlertmanagerConfig = NonNullable<AlertCheckConfig['alertmanager']>;
