import { hookReceived } from '@slipway/contract';
import { createHookDeliveries, openSqliteDatabase, StorageError } from '@slipway/engine';
import { ALERT_SENDERS, type AlertSender } from '@slipway/plan';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, buildApp } from '../api/app.ts';
import { type Fakes, fakeServices } from '../api/testing/fake-services.ts';
import { readHookKeys } from './hook-keys.ts';
import { createReceiver } from './receive.ts';
import { sampleOf, SECRETS, signed } from './testing/signed.ts';
import { FakeLaunches } from './testing/fake-launches.ts';

let app: App;
let launches: FakeLaunches;
let now: number;

beforeEach(async () => {
  now = Date.now();
  launches = new FakeLaunches();
  app = await build();
});
afterEach(() => app.close());

async function build(own: Fakes = {}): Promise<App> {
  const written = ALERT_SENDERS.map((name) => `${name}=env:${name}`);
  const keys = await readHookKeys(written, SECRETS);
  const deliveries = createHookDeliveries(await openSqliteDatabase(':memory:'));
  const receiveHook = createReceiver({ keys, deliveries, engine: launches });
  return await buildApp(await fakeServices({ receiveHook, ...own }));
}

interface Sent {
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly id?: string;
}

function post(from: AlertSender | 'nobody', sent: Sent = {}) {
  const sender = ALERT_SENDERS.find((each) => each === from) ?? 'standard';
  const { id, body = JSON.stringify(sampleOf(sender, now)) } = sent;
  const headers = sent.headers ?? signed(sender, body, { now, ...(id === undefined ? {} : { id }) });
  return app.inject({ method: 'POST', url: `/api/v1/hooks/${from}`, headers, payload: body });
}

describe.each(ALERT_SENDERS)('%s', (from) => {
  it('is heard at once, and once', async () => {
    launches.waitFor('shop-1', { from, match: { service: 'shop' }, deed: { kind: 'hold' } });
    const first = await post(from);
    expect([first.statusCode, hookReceived.parse(first.json())]).toEqual([
      202,
      { known: false, alerts: 1, launches: ['shop-1'] },
    ]);
    const again = await post(from);
    expect([again.statusCode, again.json()]).toEqual([202, { known: true, alerts: 0, launches: [] }]);
    expect(launches.commands).toMatchObject([['shop-1', { type: 'alert', from, labels: { service: 'shop' } }]]);
  });

  it('that names no launch is taken all the same', async () => {
    const { statusCode, body } = await post(from);
    expect([statusCode, JSON.parse(body)]).toEqual([202, { known: false, alerts: 1, launches: [] }]);
  });

  it('is told nothing of why it is not believed', async () => {
    const wrong = await post(from, { headers: { 'content-type': 'application/json' } });
    const unknown = await post('nobody');
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    expect(wrong.body).toBe(unknown.body);
  });

  it('is told what cannot be read, once it is known', async () => {
    const { statusCode, json } = await post(from, { body: '{"alerts":[[' });
    expect([statusCode, json()]).toEqual([400, { code: 'wrong-input', message: 'the body is not JSON' }]);
  });
});

describe('the receiver', () => {
  it('hears of what is over, and does nothing', async () => {
    launches.waitFor('shop-1', { from: 'alertmanager', match: { service: 'shop' }, deed: { kind: 'hold' } });
    const body = JSON.stringify({ alerts: [{ status: 'resolved', labels: { service: 'shop' } }] });
    expect((await post('alertmanager', { body })).json()).toMatchObject({ alerts: 1, launches: [] });
    expect(launches.commands).toEqual([]);
  });

  it('goes back at once, whatever else is told of with it', async () => {
    const on = (severity: string, kind: 'page' | 'rollback') =>
      ({ from: 'alertmanager', match: { severity }, deed: { kind } }) as const;
    launches.waitFor('shop-1', on('warning', 'page'), on('critical', 'rollback'));
    const alert = (severity: string, fingerprint: string) => ({ status: 'firing', labels: { severity }, fingerprint });
    const alerts = [alert('warning', 'a'), alert('critical', 'b'), alert('warning', 'c')];
    const answer = await post('alertmanager', { body: JSON.stringify({ alerts }) });
    expect(answer.json()).toMatchObject({ alerts: 3, launches: ['shop-1'] });
    expect(launches.commands).toMatchObject([['shop-1', { type: 'alert', labels: { severity: 'critical' } }]]);
  });

  it('tells the other launches although one cannot be read, and is then told again', async () => {
    for (const id of ['bad-1', 'shop-1'])
      launches.waitFor(id, { from: 'standard', match: { service: 'shop' }, deed: { kind: 'hold' } });
    launches.broken = new StorageError('input-output', 'The disk does not answer.');
    expect((await post('standard')).statusCode).toBe(503);
    expect(launches.commands.map(([id]) => id)).toEqual(['shop-1']);
    launches.broken = null;
    expect((await post('standard')).json()).toMatchObject({ known: false, launches: ['bad-1'] });
  });

  it('takes nothing larger than 1 MiB', async () => {
    expect((await post('alertmanager', { body: 'x'.repeat(1024 * 1024) })).statusCode).toBe(400);
    expect((await post('alertmanager', { body: 'x'.repeat(1024 * 1024 + 1) })).statusCode).toBe(413);
  });

  it('takes nothing of PagerDuty that was made more than an hour ago', async () => {
    const body = JSON.stringify(sampleOf('pagerduty', now - 3_700_000));
    expect((await post('pagerduty', { body })).statusCode).toBe(401);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'x/y'])(
    'reads a body that says it is %s',
    async (type) => {
      const body = JSON.stringify(sampleOf('standard', now));
      const headers = { ...signed('standard', body, { now }), 'content-type': type };
      expect((await post('standard', { body, headers })).statusCode).toBe(202);
    },
  );

  it('is deaf to a sender that was given no secret', async () => {
    await app.close();
    const deliveries = createHookDeliveries(await openSqliteDatabase(':memory:'));
    app = await build({ receiveHook: createReceiver({ keys: new Map(), deliveries, engine: launches }) });
    expect((await post('alertmanager')).statusCode).toBe(401);
  });

  const until = async (id: (asked: number) => Parameters<typeof post>) => {
    const statuses = new Set<number>();
    let wait: unknown;
    for (let asked = 0; asked < 450 && wait === undefined; asked += 1) {
      const { statusCode, headers } = await post(...id(asked));
      statuses.add(statusCode);
      wait = headers['retry-after'];
    }
    return [[...statuses], Number(wait) > 0];
  };

  it('says when to come back to who shows nothing, and hears those who sign from the same address', async () => {
    expect(await until(() => ['nobody'])).toEqual([[401, 429], true]);
    expect((await post('standard')).statusCode).toBe(202);
  });

  it('has a sender that sends too often send again: many give up at any other answer', async () => {
    expect(await until((asked) => ['standard', { id: `msg_${asked}` }])).toEqual([[202, 503], true]);
    expect((await post('grafana')).statusCode).toBe(202);
  });

  it('stands in the description of the API', async () => {
    const { paths } = (await app.inject({ url: '/api/v1/openapi.json' })).json();
    expect(paths['/api/v1/hooks/{sender}'].post.summary).toMatch(/^Takes alerts/);
  });
});
