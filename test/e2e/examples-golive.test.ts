import type { LaunchView } from '@slipway/contract';
import { expect, test } from 'vitest';
import { type Changes, utcTime } from './support/change-plan.ts';
import { startDnsAnswers } from './support/dns-answers.ts';
import { openExample } from './support/example-launch.ts';
import { startMailBox } from './support/mail-box.ts';
import { githubRuns, startOutside } from './support/outside.ts';
import { People } from './support/people.ts';
import { startTlsPlace } from './support/tls-place.ts';

const PATIENT = { timeout: 180_000 };
/** A message may be on its way when a launch has ended. */
const SOON = { timeout: 10_000 };

/** Hours as seconds. */
const QUICKER: Changes = {
  'T-24h': 'T-2s',
  'T-1h': 'T-1s',
  'for: 24h\n        every: 1m': 'for: 2s\n        every: 1s',
  'for: 45m': 'for: 2s\n        min-samples: 20',
  'hold: 15m': 'hold: 2s',
  'for: 5h\n        every: 10m': 'for: 3s\n        every: 500ms\n        min-samples: 20',
  'for: 18h\n        every: 30m': 'for: 3s\n        every: 500ms\n        min-samples: 20',
  'for: 24h\n        every: 2h': 'for: 3s\n        every: 500ms\n        min-samples: 20',
  'min-samples: 100': 'min-samples: 20',
  'min-samples: 50': 'min-samples: 20',
  'gauges: [memory]': 'gauges: { memory: { below: 70, rising: ignore } }',
  // Two cores for everything: what counts here is that it is measured.
  'latency.new < 200': 'latency.new < 2000',
  "-c, '500', -d, '30'": "-c, '20', -d, '1'",
};

const USAGE = { cpu: 12, memory: 31, queryP95: 18 };
const HEALTHY = { stripe: 'ok', github: 'ok', sendgrid: 'ok', twilio: 'ok', openai: 'ok' };
const rule = (name: string) => ({ name, health: 'ok', state: 'inactive' });
const RULES = { groups: [{ rules: ['ErreursElevees', 'ReponsesLentes', 'SondeMuette'].map(rule) }] };

const ANSWERS = {
  '/api/issues': { critical: 0 },
  '/api/now': USAGE,
  '/api/status': HEALTHY,
  '/repos/shop/shop/actions/workflows/ci.yml/runs': githubRuns('shop/shop', ['success', 'success']),
  '/api/v1/rules': { status: 'success', data: RULES },
  '/api/v1/alertmanagers': { status: 'success', data: { activeAlertmanagers: [{ url: 'http://alerts:9093/api' }] } },
};
const ALIASES = {
  'app.shop.example': 'cname.vercel-dns.example',
  'api.shop.example': 'shop.azurewebsites.example',
  'www.shop.example': 'app.shop.example',
};
const ROLES = {
  'tech-lead': 'cto@shop.example',
  'product-manager': 'produit@shop.example',
  'operations-manager': 'exploitation@shop.example',
  director: 'direction@shop.example',
  'qa-lead': 'qa@shop.example',
  'support-lead': 'support@shop.example',
};

type Site = Awaited<ReturnType<typeof openGoLive>>;

async function openGoLive(aliases: Readonly<Record<string, string>> = ALIASES) {
  await using stack = new AsyncDisposableStack();
  const outside = stack.use(await startOutside(ANSWERS));
  const mail = stack.use(await startMailBox());
  const dns = stack.use(await startDnsAnswers(aliases));
  const environment = {
    SLACK_GO_LIVE_DEPLOYMENT: `${outside.url}/to/deployment`,
    SLACK_GO_LIVE_SUPPORT: `${outside.url}/to/incidents`,
    TEAMS_URGENT: `${outside.url}/to/urgent`,
    PAGERDUTY_KEY: 'r'.repeat(32),
    CI_TOKEN: 'token-of-the-ci',
  };
  const example = stack.use(await openExample('go-live', { environment, version: '2.2.0' }));
  const tls = stack.use(await startTlsPlace(example.folder));
  // Beside the certificate no file is new to git.
  example.git('add', '--all');
  example.git('commit', '--quiet', '--message', 'The authority');
  example.git('push', '--quiet');
  const people = await People.withTokens(example.server, ROLES);
  const places: Changes = {
    'https://errors.shop.example/api': `${outside.url}/api`,
    'https://usage.shop.example': outside.url,
    'https://integrations.shop.example': outside.url,
    'https://prometheus.shop.example': outside.url,
    'https://events.eu.pagerduty.com': `${outside.url}/to/on-call`,
    'from: github,': `from: github, url: '${outside.url}',`,
    'host: smtp.shop.example': `host: 127.0.0.1, port: ${mail.port}, tls: none`,
    '{ host: app.shop.example,': `{ host: 127.0.0.1, port: ${tls.port}, ca: ca.pem,`,
    '1.1.1.1': `'${dns.address}'`,
    'zone: Europe/Paris': 'zone: UTC',
    't0: 2026-12-01T10:00': `t0: ${utcTime(Date.now() + 6_000)}`,
  };
  const start = (): Promise<LaunchView> => example.start('launch.yaml', { ...QUICKER, ...places });
  const held = stack.move();
  return { ...example, outside, mail, people, start, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

const PHRASES = { 'sauvegarder-la-production': 'déployer en production' };

const stateOf = ({ phases }: LaunchView, step: string): string | undefined =>
  phases.flatMap(({ steps }) => steps).find(({ id }) => id === step)?.state;

/** The version that customers meet. */
async function served(site: Site): Promise<unknown> {
  const { version } = (await (await fetch(`${site.production}/healthz`)).json()) as { readonly version: string };
  return version;
}

test('the go-live of the document runs to its end', PATIENT, async () => {
  await using site = await openGoLive();
  const { id } = await site.start();
  const view = await site.people.accompany(id, { phrases: PHRASES });
  expect([view.state, view.causes]).toEqual(['completed', []]);
  expect(await served(site)).toBe('2.2.0');
  await expect
    .poll(() => site.outside.titlesIn('deployment'), SOON)
    .toEqual([
      'Déploiement commencé : shop 2.2.0',
      'shop 2.2.0 : en cours',
      'GO-LIVE commence',
      'GO-LIVE de la boutique : réussi',
      'GO : GO-LIVE de la boutique',
    ]);
  await expect.poll(() => site.outside.titlesIn('on-call'), SOON).toEqual([]);
  await expect
    .poll(() => site.mail.mails.map((mail) => mail.replace(/, \d{4}-.*/, '')), SOON)
    .toEqual([
      'direction@shop.example: GO-LIVE de la boutique : en cours',
      'support@shop.example: Brief support : GO-LIVE de la boutique',
      'support@shop.example: Questions sur GO-LIVE de la boutique',
      'direction@shop.example: À venir : GO-LIVE de la boutique',
      'direction@shop.example: GO-LIVE de la boutique : réussi',
      'direction@shop.example: GO : GO-LIVE de la boutique',
      'support@shop.example: GO : GO-LIVE de la boutique',
    ]);
  const record = JSON.stringify(await site.server.record(id));
  for (const evidence of [
    'cname.vercel-dns.example',
    'ErreursElevees',
    'run 100',
    'STRIPE_KEY',
    'origin/main',
    'paiement',
  ])
    expect(record).toContain(evidence);
  expect(record).not.toContain('token-of-the-ci');
});

test('an error in the first hours turns production back, and says NO-GO to everybody', PATIENT, async () => {
  await using site = await openGoLive();
  const { id } = await site.start();
  const seen = (view: LaunchView): void => {
    if (stateOf(view, 'rouge') === 'active') site.outside.answer('/api/issues', { critical: 3 });
  };
  const view = await site.people.accompany(id, { phrases: PHRASES, seen });
  expect(view.causes.join()).toContain('critical');
  expect(view.state).toBe('rolled-back');
  expect(await served(site)).toBe('1.0.0');
  await expect
    .poll(() => site.outside.titlesIn('incidents').slice(-2), SOON)
    .toEqual(['INCIDENT P0 : GO-LIVE de la boutique', 'NO-GO : shop 2.2.0 est retiré']);
  await expect
    .poll(() => site.mail.mails.slice(-2).toSorted(), SOON)
    .toEqual([
      'direction@shop.example: NO-GO : shop 2.2.0 est retiré',
      'support@shop.example: NO-GO : shop 2.2.0 est retiré',
    ]);
  expect(stateOf(view, 'bilan-48h')).toBe('waiting');
});

test('a DNS record that leads elsewhere holds the launch before anybody votes', PATIENT, async () => {
  await using site = await openGoLive({ ...ALIASES, 'api.shop.example': 'old.azurewebsites.elsewhere' });
  const { id } = await site.start();
  const view = await site.people.accompany(id, { phrases: PHRASES });
  expect([view.state, view.causes]).toEqual(['held', [expect.stringContaining('old.azurewebsites.elsewhere')]]);
  expect(stateOf(view, 'api-mene-a-la-production')).toBe('failed');
  expect(stateOf(view, 'go-live')).toBe('waiting');
  expect(await served(site)).toBe('1.0.0');
  await expect.poll(() => site.outside.titlesIn('incidents').at(-1), SOON).toBe('Incident P1 : GO-LIVE de la boutique');
});
