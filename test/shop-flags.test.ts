import { startTestServer, type TestServer } from '@slipway/provider-kit/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Outcomes } from '../examples/shop/shop/flags/outcomes.ts';
import { recognise } from '../examples/shop/shop/flags/person.ts';
import { type Shop, startShop } from '../examples/shop/shop/start-shop.ts';

/** What POST /ofrep/v1/outcomes is sent. */
interface Report {
  readonly batch: string;
  readonly outcomes: readonly {
    readonly flag: string;
    readonly variant: string;
    readonly good: number;
    readonly bad: number;
  }[];
}

const BASKET = { lines: [{ product: 'mug', quantity: 1 }] };
const GIFT_CARD = { lines: [{ product: 'gift-card', quantity: 1 }] };

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.stop();
  shop = null;
});

/** A flag server that serves `on` to those whose address ends so, and takes reports as `takes` says. */
async function flagServer(
  takes: (report: Report) => number = () => 200,
): Promise<TestServer & { readonly reports: Report[] }> {
  const reports: Report[] = [];
  const server = await startTestServer(({ path, body }, response) => {
    const json = (status: number, value: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/ofrep/v1/outcomes') {
      const report = JSON.parse(body) as Report;
      reports.push(report);
      return json(takes(report), {});
    }
    const { context } = JSON.parse(body) as { readonly context: { readonly email?: string } };
    const on = context.email?.endsWith('@shop.example') ?? false;
    return json(200, { key: 'one-click', reason: 'TARGETING_MATCH', variant: on ? 'on' : 'off', value: on });
  });
  return Object.assign(server, { reports });
}

const open = async (version: string, url: string): Promise<string> => {
  shop = await startShop({ version, host: '127.0.0.1', port: 0, flags: { url, key: 'key-1' } });
  return shop.url;
};

const pay = async (url: string, basket: object, cookie = ''): Promise<Response> =>
  await fetch(`${url}/api/checkout`, { method: 'POST', headers: { cookie }, body: JSON.stringify(basket) });

const STAFF = 'shop-id=ann; shop-email=ann@shop.example';

describe('the shop with a flag', () => {
  it('asks with the key for whom it serves, and gives each the checkout of their variant', async () => {
    await using server = await flagServer();
    const url = await open('2.2.0', server.url);
    const on = await pay(url, BASKET, `${STAFF}; shop-beta=1`);
    const off = await pay(url, BASKET);
    expect([on.status, on.headers.get('x-shop-variant')]).toEqual([201, 'on']);
    expect([off.status, off.headers.get('x-shop-variant')]).toEqual([201, 'off']);
    expect(await on.json()).toMatchObject({ shippingCents: 390 });
    expect(await off.json()).toMatchObject({ shippingCents: 490 });
    const [first] = server.requests;
    expect(first).toMatchObject({
      path: '/ofrep/v1/evaluate/flags/one-click',
      headers: { authorization: 'Bearer key-1' },
    });
    const context = { targetingKey: 'ann', email: 'ann@shop.example', beta: true };
    expect(JSON.parse(first?.body ?? '')).toEqual({ context });
  });

  it('knows a visitor again by the cookie that it gave', async () => {
    await using server = await flagServer();
    const url = await open('2.2.0', server.url);
    const [cookie = ''] = (await pay(url, BASKET)).headers.getSetCookie().map((header) => header.split(';')[0] ?? '');
    expect((await pay(url, BASKET, cookie)).headers.getSetCookie()).toEqual([]);
    const keys = server.requests.map(
      ({ body }) => (JSON.parse(body) as { context: { targetingKey: string } }).context.targetingKey,
    );
    expect([keys[0], keys.length]).toEqual([keys[1], 2]);
    expect(cookie).toBe(`shop-id=${keys[0]}`);
  });

  it('reports how checkouts ended by variant, and sends what was not taken again under the same name', async () => {
    let refusals = 1;
    await using server = await flagServer(() => ((refusals -= 1) >= 0 ? 503 : 200));
    const url = await open('2.1.0', server.url);
    expect((await pay(url, GIFT_CARD, STAFF)).status).toBe(500);
    expect((await pay(url, BASKET, STAFF)).status).toBe(201);
    expect((await pay(url, GIFT_CARD)).status).toBe(201);
    expect((await pay(url, { lines: [] })).status).toBe(422);
    await vi.waitUntil(() => server.reports.length >= 2, { timeout: 10_000 });
    const [refused, taken] = server.reports;
    expect(taken).toEqual(refused);
    expect(taken?.outcomes).toEqual([
      { flag: 'one-click', variant: 'on', outcome: 'checkout', good: 1, bad: 1 },
      { flag: 'one-click', variant: 'off', outcome: 'checkout', good: 1, bad: 0 },
    ]);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('shop_checkouts_total{flag="one-click",flag_variant="on",end="bad"} 1\n');
    // Each is told once, and what came last is told before the shop ends.
    await pay(url, BASKET, STAFF);
    await shop?.stop();
    const counted = server.reports.filter(({ batch }) => batch !== refused?.batch).flatMap(({ outcomes }) => outcomes);
    expect(counted).toEqual([{ flag: 'one-click', variant: 'on', outcome: 'checkout', good: 1, bad: 0 }]);
  });

  it('sells with the old checkout, and counts nobody, while the flag server is away', async () => {
    const server = await flagServer();
    await server.close();
    const url = await open('2.1.0', server.url);
    const answer = await pay(url, GIFT_CARD, STAFF);
    expect([answer.status, answer.headers.get('x-shop-variant')]).toEqual([201, null]);
    expect(await (await fetch(`${url}/metrics`)).text()).not.toContain('shop_checkouts_total');
  });
});

describe('a visitor of the shop', () => {
  it.each([
    [undefined, {}],
    ['shop-id=a;b', {}],
    ['shop-id=<script>', {}],
    [`shop-id=${'x'.repeat(65)}`, {}],
    ['shop-beta=yes', {}],
    ['shop-email=ann@shop.example', { email: 'ann@shop.example' }],
    ['other=1;shop-beta=1', { beta: true }],
  ])('with cookies %j', (cookies, known) => {
    const { person } = recognise(cookies);
    expect(person).toEqual({ targetingKey: expect.stringMatching(/^[\w-]{1,64}$/), ...known });
  });
});

describe('outcomes', () => {
  it('are told once, and counted for ever', () => {
    const outcomes = new Outcomes('one-click');
    expect([outcomes.take(), outcomes.text()]).toEqual([[], '']);
    outcomes.count('on', 'good');
    outcomes.count('on', 'bad');
    expect(outcomes.take()).toEqual([{ flag: 'one-click', variant: 'on', outcome: 'checkout', good: 1, bad: 1 }]);
    expect(outcomes.take()).toEqual([]);
    outcomes.count('on', 'bad');
    expect(outcomes.take()).toMatchObject([{ good: 0, bad: 1 }]);
    expect(outcomes.text()).toContain('end="bad"} 2\n');
  });
});
