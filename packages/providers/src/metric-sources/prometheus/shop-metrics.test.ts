import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { PASSWORD, PROMETHEUS, skipped, startPrometheus, USER } from '../../../../../scripts/servers/prometheus.ts';
import { readWith } from '../testing/read-with.ts';
import { prometheusMetricSource } from './index.ts';

const SHOP = fileURLToPath(new URL('../../../../../examples/shop/server.ts', import.meta.url));

/** The example shop as a process of its own, on a port of its own. */
async function startShop(version: string): Promise<AsyncDisposable & { readonly url: string }> {
  const env = { ...process.env, SHOP_VERSION: version, PORT: '0' };
  const child = spawn(process.execPath, [SHOP], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url !== undefined) return { url, [Symbol.asyncDispose]: stop };
  }
  throw new Error(`the shop ${version} did not start`);
}

const giftCard = { lines: [{ product: 'gift-card', quantity: 1 }] };

describe.skipIf(PROMETHEUS === null)(`the example shop's metrics${skipped}`, () => {
  it('tell a bad version from a good one, by errors and by latency', { timeout: 60_000 }, async () => {
    await using directory = await createTemporaryDirectory();
    await using bad = await startShop('2.1.0');
    await using good = await startShop('1.0.0');
    for (const { url } of [bad, good]) {
      for (let visit = 0; visit < 10; visit += 1) await fetch(`${url}/api/products`);
      for (let visit = 0; visit < 5; visit += 1)
        await fetch(`${url}/api/checkout`, { method: 'POST', body: JSON.stringify(giftCard) });
    }
    await using prometheus = await startPrometheus({ targets: [bad, good].map(({ url }) => new URL(url).host) });
    await vi.waitUntil(async () => (await prometheus.value('sum(shop_requests_total)')) === 30, { timeout: 20_000 });

    const auth = { user: USER, password: { env: 'PASSWORD' } };
    const read = async (query: object) =>
      await readWith(
        prometheusMetricSource,
        { url: prometheus.url, auth, ...query },
        { secrets: { PASSWORD }, dataDirectory: directory.path, arms: { newVersion: '2.1.0', oldVersion: '1.0.0' } },
      );
    const errors = await read({ ratio: { bad: 'shop_requests_total{class="5xx"}', total: 'shop_requests_total' } });
    expect(errors).toMatchObject({
      new: { kind: 'ratio', bad: 5, total: 15 },
      old: { kind: 'ratio', bad: 0, total: 15 },
    });
    const latency = await read({ histogram: 'shop_request_duration_seconds_bucket', quantile: 0.9 });
    for (const arm of [latency.new, latency.old]) {
      if (arm.kind !== 'latency') throw new Error(JSON.stringify(arm));
      expect(Object.values(arm.histogram).reduce((sum, count) => sum + count, 0)).toBe(15);
    }
  });
});
