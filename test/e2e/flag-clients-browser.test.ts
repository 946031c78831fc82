import type { FlagSetStatus } from '@slipway/contract';
import { type Browser, chromium, type Page, type Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGUMENTS, chromiumBinary, skipped } from '../../scripts/servers/chromium.ts';
import { type FlagPage, serveFlagPage } from './support/flag-page.ts';
import { FlagShop } from './support/flag-shop.ts';

interface Change {
  readonly at: number;
  readonly flags: readonly string[];
  readonly checkout: boolean;
}

/** What the page keeps on its window. */
interface Shop {
  readonly ready: boolean;
  readonly failure: string | null;
  readonly changes: readonly Change[];
  readonly details: (flag: string) => { readonly value: string; readonly reason: string; readonly variant: string };
  readonly checkout: () => boolean;
  readonly become: (context: object) => Promise<void>;
}
declare const shop: Shop;

const PATIENCE = { timeout: 20_000 };

describe.skipIf(chromiumBinary === null)(`@openfeature/ofrep-web-provider in Chromium${skipped}`, () => {
  let flags: FlagShop;
  let site: FlagPage;
  let browser: Browser;
  beforeAll(async () => {
    [flags, site] = await Promise.all([FlagShop.start(), serveFlagPage()]);
    browser = await chromium.launch({ executablePath: chromiumBinary ?? '', args: [...CHROMIUM_ARGUMENTS] });
  });
  afterAll(async () => {
    await browser?.close();
    await site[Symbol.asyncDispose]();
    await flags[Symbol.asyncDispose]();
  });

  interface Opened {
    readonly page: Page;
    /** Answers of the server to evaluations, as they came. */
    readonly evaluations: Response[];
    readonly problems: string[];
  }

  async function open(key: string): Promise<Opened> {
    const page = await browser.newPage();
    const evaluations: Response[] = [];
    const problems: string[] = [];
    page.on('response', (response) => {
      if (response.request().method() === 'POST') evaluations.push(response);
    });
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(site.url({ baseUrl: flags.server.url, key }));
    await page.waitForFunction(() => shop.ready || shop.failure !== null, null, PATIENCE);
    return { page, evaluations, problems };
  }

  /** Until the server has as many clients that listen. */
  async function expectListening(count: number): Promise<void> {
    await expect.poll(() => openStreams(), PATIENCE).toBe(count);
  }

  async function openStreams(): Promise<number> {
    const { streams } = await flags.server.api<FlagSetStatus>('GET', '/flags/shop.production/status');
    return streams;
  }

  it('evaluates across origins, and again for another person, with what is not modified left out', async () => {
    const { key } = await flags.key('client');
    const { page, evaluations, problems } = await open(key);
    expect([await page.evaluate(() => shop.failure), problems]).toEqual([null, []]);
    expect(await page.evaluate(() => shop.details('theme'))).toMatchObject({ value: 'blue', variant: 'blue' });
    await page.evaluate(() => shop.become({ targetingKey: 'ada', plan: 'pro' }));
    // The provider may begin with what it keeps for the person, and ask behind that.
    const details = () => page.evaluate(() => shop.details('theme'));
    await expect.poll(details, PATIENCE).toMatchObject({ value: 'red', reason: 'TARGETING_MATCH' });
    // As much as the rules see, this is the same person.
    await page.evaluate(() => shop.become({ targetingKey: 'ada', plan: 'pro', hair: 'black' }));
    await expect.poll(() => evaluations.at(-1)?.status(), PATIENCE).toBe(304);
    expect(await page.evaluate(() => shop.details('theme'))).toMatchObject({ value: 'red' });
    expect(evaluations.at(-1)?.request().headers()['if-none-match']).toBe(evaluations.at(-2)?.headers()['etag']);
    await page.close();
    await expectListening(0);
  });

  it('hears of a kill and of its end, without asking in between', async () => {
    const { key } = await flags.key('client');
    const { page, evaluations, problems } = await open(key);
    await expectListening(1);
    const { at } = await flags.kill('new-checkout');
    await page.waitForFunction(() => shop.changes.length > 0, null, PATIENCE);
    const [change] = await page.evaluate(() => [...shop.changes]);
    expect([change?.flags, change?.checkout]).toEqual([['new-checkout'], false]);
    // The provider itself waits 50 ms for more.
    expect((change?.at ?? Infinity) - at).toBeLessThan(5_000);
    // But for the first it asked because it was told to.
    const [, ...later] = evaluations.map((each) => each.url());
    expect(later.filter((url) => !url.includes('flagConfigEtag='))).toEqual([]);
    expect(evaluations.at(-1)?.status()).toBe(200);
    const status = await flags.server.api<object>('GET', '/flags/shop.production/status');
    expect(status).toMatchObject({ delivery: { told: 1, fetched: 1 } });
    await flags.unkill('new-checkout');
    await page.waitForFunction(() => shop.checkout(), null, PATIENCE);
    expect(problems).toEqual([]);
    await page.close();
    await expectListening(0);
  });

  it('comes back to a server that was started again, and hears of what changed meanwhile', async () => {
    const { key } = await flags.key('client');
    const { page } = await open(key);
    await expectListening(1);
    await flags.server.killAndRestart();
    await flags.kill('new-checkout');
    await page.waitForFunction(() => !shop.checkout(), null, PATIENCE);
    await expectListening(1);
    await flags.unkill('new-checkout');
    await page.waitForFunction(() => shop.checkout(), null, PATIENCE);
    await page.close();
    await expectListening(0);
  });

  it('is told that its key is no good', async () => {
    const { page } = await open(`slipway_flags_${'x'.repeat(43)}`);
    expect(await page.evaluate(() => shop.failure)).toContain('Initialization failed');
    await page.close();
  });

  it('ends the stream of a key that is revoked', async () => {
    const { key, id } = await flags.key('client');
    const { page } = await open(key);
    await expectListening(1);
    await flags.revoke(id);
    await expectListening(0);
    await page.close();
  });
});
