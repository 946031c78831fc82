import type { LatencyHistogram } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import type { TemporaryDirectory, TestServer } from '@slipway/provider-kit/testing';
import {
  createTemporaryDirectory,
  describeGaugeConformance,
  describeMetricSourceConformance,
  describeShardConformance,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PrometheusServer } from '../../../../../scripts/servers/prometheus.ts';
import { PASSWORD, PROMETHEUS, skipped, startPrometheus, USER } from '../../../../../scripts/servers/prometheus.ts';
import { bucketOf } from '../../routers/builtin/histogram.ts';
import { ARMS, readWith } from '../testing/read-with.ts';
import { prometheusMetricSource } from './index.ts';
import type { CountingApp } from './testing/counting-app.ts';
import { startCountingApp } from './testing/counting-app.ts';

const AUTH = { user: USER, password: { env: 'PASSWORD' } };
const RATIO = { bad: 'http_requests_total{status=~"5.."}', total: 'http_requests_total' };
const LATENCY = { histogram: 'http_request_duration_seconds_bucket', quantile: 0.99 };
/** One series of each instance, whatever it has counted. */
const INSTANCES = 'http_request_duration_seconds_bucket{le="+Inf"}';
const secrets = { PASSWORD, WRONG: 'another-password' };

describe.skipIf(PROMETHEUS === null)(`with a real Prometheus${skipped}`, () => {
  const apps: Record<'fresh' | 'old' | 'second', CountingApp> = {} as never;
  let prometheus: PrometheusServer;
  let silent: TestServer;
  let refused: string;
  let directory: TemporaryDirectory;

  beforeAll(async () => {
    apps.fresh = await startCountingApp('2.5.0');
    apps.second = await startCountingApp('2.5.0');
    apps.old = await startCountingApp('2.4.0');
    for (const app of Object.values(apps)) {
      app.count(200, 100);
      app.count(500, 2, 0.2);
    }
    const twoMinutesAgo = Date.now() - 120_000;
    apps.fresh.extra = [
      'broken_total{version="2.5.0"} NaN',
      `pushed_total{version="2.5.0"} 7 ${twoMinutesAgo}`,
      'unlabelled_total 5',
    ];
    prometheus = await startPrometheus({ targets: Object.values(apps).map(({ target }) => target) });
    silent = await startTestServer(() => undefined);
    refused = await refusedUrl();
    await scraped('count(http_requests_total)', 6);
  }, 60_000);

  afterAll(async () => {
    await prometheus[Symbol.asyncDispose]();
    await silent.close();
    for (const app of Object.values(apps)) await app[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    directory = await createTemporaryDirectory();
    return directory.remove;
  });

  /** Waits until Prometheus has it. */
  const scraped = async (promql: string, value: number | null) =>
    await vi.waitUntil(async () => (await prometheus.value(promql)) === value, { timeout: 20_000, interval: 50 });

  const requests = (version: string) => `sum(http_requests_total{version="${version}"})`;

  describeMetricSourceConformance(
    prometheusMetricSource,
    async () => ({
      before: silent.requests.length,
      context: { secrets, dataDirectory: directory.path },
      broken: { secrets: { PASSWORD: 'another-password' }, dataDirectory: directory.path },
      queries: [
        { url: prometheus.url, auth: AUTH, ratio: RATIO },
        { url: prometheus.url, auth: AUTH, ...LATENCY },
      ] as const,
      arms: ARMS,
      more: async () => {
        for (const [version, app] of [
          ['2.5.0', apps.fresh],
          ['2.4.0', apps.old],
        ] as const) {
          const before = (await prometheus.value(requests(version))) ?? 0;
          app.count(200, 10);
          await scraped(requests(version), before + 10);
        }
      },
      [Symbol.asyncDispose]: async () => undefined,
    }),
    {
      'no answer in time': {
        query: () => ({ url: silent.url, ratio: RATIO, timeout: '200ms' }),
        says: /no answer within/,
        endless: {
          query: () => ({ url: silent.url, ratio: RATIO, timeout: '5s' }),
          begun: async ({ before }) => void (await vi.waitUntil(() => silent.requests.length > before)),
        },
      },
      'an empty answer': {
        query: () => ({ url: prometheus.url, auth: AUTH, ratio: { bad: 'no_such_metric', total: 'no_such_metric' } }),
        says: /no series of version 2\.5\.0, no series at all/,
      },
      'a number that is none': {
        query: () => ({ url: prometheus.url, auth: AUTH, ratio: { ...RATIO, total: 'broken_total' } }),
        says: /NaN: give a cumulative count/,
      },
      'a stale sample': {
        query: () => ({ url: prometheus.url, auth: AUTH, ratio: { bad: 'pushed_total', total: 'pushed_total' } }),
        says: /newest sample is 2m\d*s? old, older than fresh: 1m; is it still scraped/,
      },
      'a wrong type': {
        query: () => ({ url: prometheus.url, auth: AUTH, ratio: { ...RATIO, total: 'http_requests_total[1m]' } }),
        says: /range vector \(matrix\): leave out the range/,
      },
      'refused credentials': {
        query: () => ({ url: prometheus.url, auth: { user: USER, password: { env: 'WRONG' } }, ratio: RATIO }),
        says: /401: check the secret in auth/,
      },
    },
  );

  const gaugeOf = (value: string) => ({ url: prometheus.url, auth: AUTH, value, unit: 'bytes' });
  const setMemory = async (value: number) => {
    for (const [version, app] of [
      ['2.5.0', apps.fresh],
      ['2.4.0', apps.old],
    ] as const) {
      const others = app.extra.filter((line) => !line.startsWith('memory_bytes'));
      app.extra = [...others, `memory_bytes{version="${version}"} ${value}`];
    }
    await scraped(`count(memory_bytes == ${value})`, 2);
  };

  describeGaugeConformance(
    prometheusMetricSource,
    async () => {
      await setMemory(7.5);
      return {
        context: { secrets, dataDirectory: directory.path },
        query: gaugeOf('memory_bytes'),
        high: 7.5,
        low: -0.25,
        arms: ARMS,
        fall: async () => await setMemory(-0.25),
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
    {
      nothing: {
        query: () => gaugeOf('no_such_metric'),
        says: /^value has no series of version 2\.5\.0, no series at all/,
      },
      NaN: { query: () => gaugeOf('broken_total'), says: /^value is NaN: give a finite number/ },
      'an infinite number': {
        query: () => gaugeOf('memory_bytes / 0'),
        says: /^value is [+-]?Infinity: give a finite/,
      },
      'a stale sample': {
        query: () => gaugeOf('pushed_total'),
        says: /^2\.5\.0: the newest sample is 2m\d*s? old, older than fresh: 1m; is it still scraped/,
      },
    },
  );

  describeShardConformance(prometheusMetricSource, async () => ({
    context: { secrets, dataDirectory: directory.path },
    query: { url: prometheus.url, auth: AUTH, ratio: RATIO },
    without: [{ url: prometheus.url, auth: AUTH, ...LATENCY }, gaugeOf('memory_bytes')],
    environment: 'production',
    version: '2.5.0',
    shards: [apps.fresh.target, apps.second.target] as const,
    count: async (shard: string, { good, bad }: { good: number; bad: number }) => {
      const series = `sum(http_requests_total{instance="${shard}"})`;
      const before = (await prometheus.value(series)) ?? 0;
      const app = shard === apps.fresh.target ? apps.fresh : apps.second;
      app.count(200, good);
      app.count(500, bad);
      await scraped(series, before + good + bad);
    },
    [Symbol.asyncDispose]: async () => undefined,
  }));

  const read = async (query: object, arms: object = {}) =>
    await readWith(
      prometheusMetricSource,
      { url: prometheus.url, auth: AUTH, ...query },
      { secrets, dataDirectory: directory.path, arms },
    );
  const ratio = async () => {
    const { new: reading } = await read({ ratio: RATIO });
    if (reading.kind !== 'ratio') throw new Error(JSON.stringify(reading));
    return reading;
  };

  it('adds up the instances of a version, and only them', async () => {
    const { new: fresh, old } = await read({ ratio: RATIO });
    const sum = async (promql: string) => await prometheus.value(promql);
    expect(fresh).toEqual({
      kind: 'ratio',
      bad: await sum('sum(http_requests_total{version="2.5.0",status="500"})'),
      total: await sum(requests('2.5.0')),
    });
    expect(old).toMatchObject({ total: await sum(requests('2.4.0')) });
  });

  it('carries a counter on over the restart of an instance, under the same boot', async () => {
    const before = await read({ ratio: RATIO });
    const counted = await ratio();
    apps.second.restart();
    apps.second.count(500, 1);
    await scraped(`http_requests_total{version="2.5.0",instance="${apps.second.target}"}`, 1);
    const after = await read({ ratio: RATIO });
    expect(after.new).toEqual({ kind: 'ratio', bad: counted.bad + 1, total: counted.total + 1 });
    expect(after.boot).toBe(before.boot);
  });

  it('begins anew where the sum of several instances fell', async () => {
    const summed = { ratio: { bad: `sum by (version) (${RATIO.bad})`, total: `sum by (version) (${RATIO.total})` } };
    const series = `http_requests_total{version="2.5.0",instance="${apps.second.target}"}`;
    apps.second.count(200, 50);
    await scraped(`sum(${series}) >= bool 50`, 1);
    const before = await read(summed);
    apps.second.restart();
    apps.second.count(500, 2);
    await scraped(`sum(${series})`, 2);
    const after = await read(summed);
    expect(after.new).toMatchObject({ kind: 'ratio', total: await prometheus.value(requests('2.5.0')) });
    expect(after.boot).not.toBe(before.boot);
  });

  it('loses no count while one instance is gone, and goes on when it is back', async () => {
    const counted = await ratio();
    const there = `count(count by (instance) (http_requests_total{version="2.5.0"}))`;
    apps.second.broken = true;
    await scraped(there, 1);
    apps.fresh.count(200, 4);
    await vi.waitUntil(async () => (await ratio()).total === counted.total + 4, { timeout: 10_000 });
    apps.second.broken = false;
    await scraped(there, 2);
    expect(await ratio()).toEqual({ ...counted, total: counted.total + 4 });
  });

  it('tells a version that Prometheus lost from one that it never met', async () => {
    await ratio();
    apps.old.broken = true;
    await scraped(requests('2.4.0'), null);
    const lost = /^Prometheus lost 2\.4\.0: its newest sample is \S+ old; is it still scraped\?$/;
    expect((await read({ ratio: RATIO })).old).toEqual({ kind: 'missing', reason: expect.stringMatching(lost) });
    // Without a memory of its own as well.
    const other = await read({ ratio: { ...RATIO, total: 'http_requests_total{status!="x"}' } });
    const past = 'Prometheus lost 2.4.0: it had samples in the past hour; is it still scraped?';
    expect(other.old).toEqual({ kind: 'missing', reason: past });
    expect((await read({ ratio: RATIO }, { newVersion: '9.9.9' })).new).toEqual({
      kind: 'unseen',
      reason: 'ratio.total has no series of version 9.9.9, only version 2.5.0',
    });
    apps.old.broken = false;
    await scraped('count(count by (version) (http_requests_total))', 2);
  });

  it('misses errors whose counters are lost where others count them than the requests', async () => {
    const query = { ratio: { bad: 'proxy_errors_total', total: 'http_requests_total{version="2.5.0"}' } };
    const proxy = await startCountingApp('2.5.0');
    await using own = await startPrometheus({ targets: [proxy.target, apps.fresh.target] });
    const readOwn = async () => (await read({ ...query, url: own.url }, { oldVersion: null })).new;
    const there = async (value: number | null) =>
      await vi.waitUntil(async () => (await own.value('proxy_errors_total{version="2.5.0"}')) === value, {
        timeout: 10_000,
      });
    proxy.extra = ['proxy_errors_total{version="2.5.0"} 3', 'proxy_errors_total{version="2.4.0"} 1'];
    await vi.waitUntil(async () => (await own.value('http_requests_total{status="200"}')) !== null, {
      timeout: 10_000,
    });
    await there(3);
    expect(await readOwn()).toMatchObject({ kind: 'ratio', bad: 3 });
    proxy.extra = ['proxy_errors_total{version="2.4.0"} 1'];
    await there(null);
    expect(await readOwn()).toEqual({
      kind: 'missing',
      reason: expect.stringMatching(/^Prometheus lost the ratio\.bad of 2\.5\.0 .*; is it still scraped\?$/),
    });
    await proxy[Symbol.asyncDispose]();
  });

  it('counts a version from zero that it meets for the first time', async () => {
    const later = 'later_total';
    const first = await read({ ratio: { bad: `0 * ${later}`, total: later } });
    expect(first.new.kind).toBe('unseen');
    apps.fresh.extra = [...apps.fresh.extra, 'later_total{version="2.5.0"} 3'];
    await scraped(later, 3);
    const second = await read({ ratio: { bad: `0 * ${later}`, total: later } });
    expect(second).toMatchObject({ boot: first.boot, new: { kind: 'ratio', bad: 0, total: 3 } });
  });

  it('reads a histogram at the upper bounds of its buckets', async () => {
    const { new: reading } = await read(LATENCY);
    const histogram: LatencyHistogram = reading.kind === 'latency' ? reading.histogram : {};
    expect(reading).toMatchObject({ kind: 'latency', quantile: 0.99 });
    expect(Object.keys(histogram).map(Number)).toEqual([bucketOf(100), bucketOf(250)]);
  });

  it('reads what is added up already, and a version in another label', async () => {
    const relabelled = (query: string) => `label_replace(${query}, "app", "$1", "version", "(.*)")`;
    const query = { by: 'app', ratio: { bad: relabelled(RATIO.bad), total: relabelled(RATIO.total) } };
    expect((await read(query)).new).toMatchObject({ kind: 'ratio', total: await prometheus.value(requests('2.5.0')) });
    const summed = { ratio: { bad: `sum by (version) (${RATIO.bad})`, total: `sum by (version) (${RATIO.total})` } };
    expect((await read(summed)).new).toMatchObject({ kind: 'ratio', total: await prometheus.value(requests('2.5.0')) });
  });

  it.each([
    ['a rate', { ...RATIO, total: 'http_requests_total + 0.25' }, /not a whole number: .* not a rate/],
    ['a text', { ...RATIO, total: '"x"' }, /a string: give series/],
    ['a scalar', { ...RATIO, total: '5' }, /a scalar: give series/],
    [
      'no version',
      { ...RATIO, total: 'unlabelled_total' },
      /ratio\.total gives series without the label version: name/,
    ],
    [
      'errors of no version',
      { ...RATIO, bad: 'unlabelled_total' },
      /ratio\.bad gives series without the label version/,
    ],
    [
      'errors that never were',
      { ...RATIO, bad: 'htp_requests_total' },
      /no series for any version, .* write htp_requests_total or 0 \* http_requests_total$/,
    ],
    ['more errors than requests', { bad: RATIO.total, total: RATIO.bad }, /bad must count a part of total/],
    ['bad PromQL', { ...RATIO, total: 'sum(' }, /refuses ratio\.total: .*parse error/],
    [
      'a query that cannot be',
      { ...RATIO, total: 'http_requests_total * on(version) http_requests_total' },
      /cannot work out ratio\.total: found duplicate series/,
    ],
    [
      'a total without series',
      { ...RATIO, total: 'htp_requests_total' },
      /has series of 2\.5\.0 and ratio\.total has none: check ratio\.total/,
    ],
  ])('says what is wrong with %s', async (_, query, says) => {
    const said = await read({ ratio: query }).then(
      ({ new: reading }) => ('reason' in reading ? reading.reason : JSON.stringify(reading)),
      (error: unknown) => String(error),
    );
    expect(said).toMatch(says);
  });

  it('takes errors of none but other versions for none of this one', async () => {
    const bad = '{__name__="http_requests_total",version="2.4.0",status="500"}';
    expect((await read({ ratio: { ...RATIO, bad } })).new).toEqual({
      kind: 'ratio',
      bad: 0,
      total: expect.any(Number),
    });
  });

  it('reads one number of the instances of a version, by the label that is named', async () => {
    const { new: fresh, old } = await read({ value: `count by (version) (${INSTANCES})` });
    expect([fresh, old]).toEqual([
      { kind: 'gauge', value: 2 },
      { kind: 'gauge', value: 1 },
    ]);
    const relabelled = `label_replace(count by (version) (${INSTANCES}), "app", "$1", "version", "(.*)")`;
    expect((await read({ value: relabelled, by: 'app' })).new).toEqual({ kind: 'gauge', value: 2 });
  });

  it.each([
    ['several instances', INSTANCES, /gives 2 series of 2\.5\.0: give one number, such as sum by \(version\)/],
    ['no version', 'unlabelled_total', /value gives series without the label version: name/],
    ['a scalar', '5', /value gives a scalar: give series/],
    ['a range', 'http_requests_total[1m]', /value gives a range vector \(matrix\)/],
    ['bad PromQL', 'sum(', /refuses value: .*parse error/],
  ])('says what is wrong with a gauge of %s', async (_, value, says) => {
    const said = await read({ value }).then(
      ({ new: reading }) => ('reason' in reading ? reading.reason : JSON.stringify(reading)),
      (error: unknown) => String(error),
    );
    expect(said).toMatch(says);
  });

  it('tells a gauge that Prometheus lost from one that it never met', async () => {
    // A plain selector: of an expression Prometheus is asked only what it was at each full minute.
    const value = INSTANCES;
    await scraped('count(count by (version) (http_requests_total))', 2);
    apps.old.broken = true;
    await scraped(requests('2.4.0'), null);
    const lost = 'Prometheus lost 2.4.0: it had samples in the past hour; is it still scraped?';
    expect((await read({ value })).old).toEqual({ kind: 'missing', reason: lost });
    expect((await read({ value }, { newVersion: '9.9.9' })).new).toEqual({
      kind: 'unseen',
      reason: 'value has no series of version 9.9.9, only version 2.5.0',
    });
    apps.old.broken = false;
    await scraped('count(count by (version) (http_requests_total))', 2);
  });

  it('shows no password where Prometheus is not there', async () => {
    const error = await rejectionOf(read({ url: refused, ratio: RATIO }));
    expect(String(error)).toMatch(/Prometheus does not answer: http:.* the connection was refused/);
    expectNoSecrets(error, secrets);
  });

  it('keeps its memory in files that hold no secret', async () => {
    await ratio();
    const again = await read({ ratio: RATIO });
    expect(again.boot).toBe((await read({ ratio: RATIO })).boot);
    expect(await rejectionOf(read({ ratio: { ...RATIO, total: '(' } }))).toBeInstanceOf(TerminalError);
  });
});
