import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { slipway } from './support/command-line.ts';
import { type Outside, startOutside } from './support/outside.ts';
import { RealServer } from './support/real-server.ts';
import { copyShop } from './support/shop.ts';

const PERSON = 'rita@shop.example';
const TOKEN = 'planted-token-of-alertmanager';
const KEY = `whsec_${Buffer.from('planted-key-of-standard-webhooks').toString('base64')}`;
const SECRETS = { SLIPWAY_PERSON: PERSON, ALERTMANAGER_TOKEN: TOKEN, WEBHOOK_KEY: KEY };

let folder: string;
let server: RealServer;
let outside: Outside;
beforeEach(async () => {
  outside = await startOutside();
  outside.answer('/level', { value: 1 });
  folder = copyShop();
  const more = ['--hook', 'alertmanager=env:ALERTMANAGER_TOKEN', '--hook', 'standard=env:WEBHOOK_KEY'];
  server = new RealServer(folder, SECRETS, { more });
  await server.start();
});
afterEach(async () => {
  await server.stop('shop.production');
  await outside[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const HEAD = `artifact: { name: shop }
people: { boss: [${PERSON}] }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' } } }
`;
const next = (url: string): string => `launch: next
${HEAD}metrics: { level: { from: http, url: '${url}/level?version={version}', value: $.value, unit: MB } }
channels: { pages: { file: { path: pages.md } } }
page: { to: [pages], again: 30s, answer: { p1: 5m, p2: 15m, p3: 1h } }
triggers:
  - { hook: { from: alertmanager, match: { service: shop, severity: warning } }, do: page }
  - { hook: { from: standard, match: { service: shop } }, do: rollback }
phases:
  - phase: production
    steps: [{ deploy: production }, { soak: production, for: 1h, while: ['level.new < 100'], min-samples: 0 }]
`;

const post = (sender: string, body: string, headers: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${server.url}/api/v1/hooks/${sender}`, { method: 'POST', body, headers });
const group = (status: string): string =>
  JSON.stringify({
    alerts: [{ status, labels: { service: 'shop', severity: 'warning', alertname: 'Slow' }, fingerprint: 'f1' }],
  });
const log = (): string => readFileSync(join(folder, 'server.log'), 'utf8');

test('an alert pages until somebody answers, and another one rolls back; each is heard once', async () => {
  const first = await server.launch(`launch: first\n${HEAD}phases: [{ phase: p, steps: [{ deploy: production }] }]\n`);
  await server.until(first.id, ({ state }) => state === 'completed');
  const { id } = await server.launch(next(outside.url), '2.2.0');
  await server.until(id, ({ phases }) => phases[0]?.steps[1]?.state === 'active');

  expect((await post('alertmanager', group('firing'), { authorization: 'Bearer wrong' })).status).toBe(401);
  const bearer = { authorization: `Bearer ${TOKEN}` };
  expect(await (await post('alertmanager', group('resolved'), bearer)).json()).toMatchObject({ launches: [] });
  const fired = await post('alertmanager', group('firing'), bearer);
  expect([fired.status, await fired.json()]).toEqual([202, { known: false, alerts: 1, launches: [id] }]);
  expect(await (await post('alertmanager', group('firing'), bearer)).json()).toMatchObject({ known: true });

  const held = await server.settled(id);
  expect(held).toMatchObject({ state: 'held', paging: { level: 'p1', pages: 1 } });
  const pages = join(folder, 'pages.md');
  await vi.waitFor(() => expect(existsSync(pages) && readFileSync(pages, 'utf8')).toContain(`slipway ack ${id} 1`));
  const said = await slipway({ folder, environment: { SLIPWAY_PERSON: PERSON } }, 'ack', id, '1', '--by', 'ann');
  expect(said.code).toBe(0);
  const status = await slipway({ folder }, 'status', '--launch', id);
  expect(status.out.replaceAll(/\s+/g, ' ')).toMatch(/P1: ann answered after \d:\d\d \(wanted within 5:00: met\)/);
  await server.killAndRestart();
  expect((await server.settled(id)).state).toBe('held');

  const body = JSON.stringify({ type: 'incident.opened', data: { service: 'shop', title: 'Checkout is down' } });
  const at = new Date();
  const signature = new Webhook(KEY).sign('msg_1', at, body);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signed = { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  expect(await (await post('standard', body, signed)).json()).toMatchObject({ launches: [id] });
  const back = await server.settled(id);
  expect(back.state).toBe('rolled-back');
  expect(back.causes.join()).toContain('Checkout is down');
  await server.killAndRestart();
  expect(await (await post('standard', body, signed)).json()).toMatchObject({ known: true });
  expect(log()).not.toMatch(/planted/);
}, 180_000);
