import { createTemporaryDirectory, startTestServer } from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { PASSWORD, PROMETHEUS, skipped, startPrometheus, USER } from '../../../../../scripts/servers/prometheus.ts';
import { readWith } from '../testing/read-with.ts';
import { prometheusMetricSource } from './index.ts';

/** One process of one version that serves both variants of a flag, as every process does while a flag is on its way. */
const SERIES = [
  'checkouts_total{version="1.0.0",flag_variant="on",class="2xx"} 37',
  'checkouts_total{version="1.0.0",flag_variant="on",class="5xx"} 3',
  'checkouts_total{version="1.0.0",flag_variant="off",class="2xx"} 400',
  'checkouts_total{version="1.0.0",flag_variant="off",class="5xx"} 0',
  'checkouts_total{version="1.0.0",flag_variant="constructor",class="2xx"} 7',
  'checkout_seconds_bucket{version="1.0.0",flag_variant="on",le="0.1"} 10',
  'checkout_seconds_bucket{version="1.0.0",flag_variant="on",le="+Inf"} 40',
  'checkout_seconds_bucket{version="1.0.0",flag_variant="off",le="0.1"} 400',
  'checkout_seconds_bucket{version="1.0.0",flag_variant="off",le="+Inf"} 400',
];

describe.skipIf(PROMETHEUS === null)(`prometheus metric source, by variant${skipped}`, () => {
  it('tells the variants of a flag apart that one process counts', { timeout: 60_000 }, async () => {
    let series = SERIES;
    await using app = await startTestServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(`${series.join('\n')}\n`);
    });
    await using prometheus = await startPrometheus({ targets: [new URL(app.url).host] });
    await using directory = await createTemporaryDirectory();
    const scraped = async (sum: number) =>
      await vi.waitUntil(async () => (await prometheus.value('sum(checkouts_total)')) === sum, { timeout: 20_000 });
    const read = async (query: object, oldVersion: string | null = 'off') =>
      await readWith(
        prometheusMetricSource,
        {
          url: prometheus.url,
          auth: { user: USER, password: { env: 'PASSWORD' } },
          by: 'flag_variant',
          ...query,
        },
        {
          secrets: { PASSWORD },
          dataDirectory: directory.path,
          arms: { environment: 'production', newVersion: 'on', oldVersion },
        },
      );
    const ratio = { ratio: { bad: 'checkouts_total{class="5xx"}', total: 'checkouts_total' } };

    await scraped(447);
    const first = await read(ratio);
    expect(first).toMatchObject({
      new: { kind: 'ratio', bad: 3, total: 40 },
      old: { kind: 'ratio', bad: 0, total: 400 },
    });
    const latency = await read({ histogram: 'checkout_seconds_bucket', quantile: 0.9 });
    expect(latency.old).toMatchObject({ kind: 'latency' });
    expect(latency.new).not.toEqual(latency.old);
    expect((await read(ratio, 'blue')).old).toMatchObject({ kind: 'unseen', reason: expect.stringContaining('blue') });

    // The process starts anew: both variants begin again at zero, and what they had is carried on.
    series = SERIES.map((line) => line.replace(/ \d+$/, ' 1'));
    await scraped(5);
    expect(await read(ratio)).toMatchObject({
      boot: first.boot,
      new: { kind: 'ratio', bad: 4, total: 42 },
      old: { kind: 'ratio', bad: 1, total: 402 },
    });
  });
});
