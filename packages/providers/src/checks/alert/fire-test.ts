import { setTimeout as sleep } from 'node:timers/promises';
import type { EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { z } from 'zod';
import type { Server } from './ask-json.ts';
import { askJson } from './ask-json.ts';
import type { AlertmanagerConfig } from './schema.ts';

const NAME = 'SlipwayTest';
/** If we die before it is resolved, it resolves by itself, in milliseconds. */
const LASTS = 300_000;
const EVERY = 250;

const alertsSchema = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    status: z.object({ state: z.string() }),
    receivers: z.array(z.object({ name: z.string() })).default([]),
  }),
);
type Alert = z.infer<typeof alertsSchema>[number];

/** Posts a test alert, looks for it until it is there, and resolves it whatever happened. */
export async function fireTest(
  config: AlertmanagerConfig,
  server: Server,
  context: ProviderContext<'http'>,
): Promise<EvidenceItem> {
  const labels = { ...config.labels, alertname: NAME, slipway_test: context.effect };
  try {
    await post(labels, LASTS, { server, context });
    return alertItem(await seen(labels.slipway_test, server, context), config.receiver);
  } finally {
    await resolveAlert(labels, server, context);
  }
}

interface Place {
  readonly server: Server;
  readonly context: ProviderContext<'http'>;
}

async function post(labels: object, lasts: number, { server, context }: Place): Promise<void> {
  const now = context.now();
  const times = { startsAt: new Date(now - 1000).toISOString(), endsAt: new Date(now + lasts).toISOString() };
  const annotations = { summary: 'A test by Slipway that alerts arrive: nothing is wrong.' };
  const body = JSON.stringify([{ labels, annotations, ...times }]);
  await askJson({ method: 'POST', path: '/api/v2/alerts', body, schema: z.unknown() }, server, context);
}

/** Also when the check is aborted: an alert that nobody resolves calls people for nothing. */
async function resolveAlert(labels: object, server: Server, context: ProviderContext<'http'>): Promise<void> {
  const calm = { ...context, signal: AbortSignal.timeout(server.timeout) };
  try {
    await post(labels, 0, { server, context: calm });
  } catch {
    context.log('the test alert could not be resolved: it ends by itself within 5 minutes');
  }
}

async function seen(mark: string, server: Server, context: ProviderContext<'http'>): Promise<Alert | null> {
  const filter = new URLSearchParams({ filter: `alertname="${NAME}"` }).toString();
  // A server that answers slowly would be asked for much longer than the time-out, were only the looks counted.
  const deadline = performance.now() + server.timeout;
  for (;;) {
    const alerts = await askJson({ path: `/api/v2/alerts?${filter}`, schema: alertsSchema }, server, context);
    const own = alerts.find(({ labels, status }) => labels['slipway_test'] === mark && status.state !== 'unprocessed');
    if (own !== undefined) return own;
    if (performance.now() + EVERY >= deadline) return null;
    await sleep(EVERY, undefined, { signal: context.signal });
  }
}

function alertItem(alert: Alert | null, receiver: string | undefined): EvidenceItem {
  const asked = 'test alert in Alertmanager';
  const expected = receiver === undefined ? 'active, with a receiver' : `active, for ${receiver}`;
  if (alert === null) return { asked, found: 'not seen in time', expected, verdict: 'fail' };
  const names = alert.receivers.map(({ name }) => name);
  const found = `${alert.status.state}, for ${names.length === 0 ? 'nobody' : names.slice(0, 10).join(', ')}`;
  const arrives = receiver === undefined ? names.length > 0 : names.includes(receiver);
  return { asked, found, expected, verdict: arrives && alert.status.state === 'active' ? 'pass' : 'fail' };
}
