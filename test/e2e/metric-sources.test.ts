import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { haproxyBinary } from '../../scripts/servers/haproxy.ts';
import { findPostgres } from '../../scripts/servers/postgres.ts';
import { PROMETHEUS, USER } from '../../scripts/servers/prometheus.ts';
import { withClient } from '../../scripts/servers/with-client.ts';
import {
  approve,
  BAD,
  FIRST_HOLD,
  NEXT,
  openWatchedShop,
  SECRETS,
  SOUND,
  type WatchedShop,
} from './support/watched-shop.ts';

const PROGRAMS = findPostgres();
const lacking = Object.entries({ HAProxy: haproxyBinary, Prometheus: PROMETHEUS, PostgreSQL: PROGRAMS })
  .filter(([, program]) => program === null)
  .map(([name]) => name);
const skipped = lacking.length === 0 ? '' : ` (skipped: not installed: ${lacking.join(', ')})`;

let shop: WatchedShop;

const CONDITIONS = ['errors', 'orders', 'pages', 'answers'].map((name) => `${name}.new <= ${name}.old + 0.02`);

/** Of the how-to's environment. */
function watched(metrics: object, steps: readonly object[]): string {
  return JSON.stringify({
    ...shop.plan,
    launch: 'all-sources',
    metrics,
    channels: { team: { file: { path: 'told.md' } } },
    announcements: ['held', 'turning-back'].map((on) => ({
      on,
      to: ['team'],
      title: 'News',
      text: '{{ facts.cause }}',
    })),
    phases: [{ phase: 'production', steps }],
  });
}

/** A canary that is watched by Prometheus, as in the how-to, and by the team's own books as well. `hold`: of the first share. */
function watchedByAll(hold: string): string {
  const { errors } = shop.plan.metrics as { readonly errors: object };
  const canary = {
    rollout: 'production',
    strategy: 'canary',
    while: CONDITIONS,
    'min-samples': 10,
    every: '500ms',
    steps: [
      { weight: 50, hold },
      { weight: 100, hold: '2s' },
    ],
  };
  return watched({ errors, ...shop.ownMetrics }, [canary]);
}

interface Finding {
  readonly condition: string;
  readonly holds: string;
  readonly values: Readonly<Record<string, { readonly new: number | null; readonly old: number | null }>>;
}

/** What the judge found at each of its verdicts, as the record tells it. */
async function verdictsOf(id: string): Promise<readonly (readonly Finding[])[]> {
  const { events } = await shop.server.record(id);
  return events.flatMap(({ event }) => {
    const { outcome } = event as {
      readonly outcome?: { readonly data?: { readonly verdict?: { findings: Finding[] } } };
    };
    const findings = outcome?.data?.verdict?.findings;
    return findings === undefined ? [] : [findings];
  });
}

/** HAProxy answers what it can send to nobody by itself, in the name of no version. */
function expectNoneLost(): void {
  expect([shop.met.lost, shop.met.versions.has('unknown')]).toEqual([0, false]);
}

const act = (id: string, body: object) => shop.server.api<LaunchView>('POST', `/launches/${id}/commands`, body);

describe.skipIf(lacking.length > 0)(`a shop behind HAProxy, watched by four sources${skipped}`, () => {
  beforeAll(async () => {
    shop = await openWatchedShop(PROGRAMS ?? '');
  });

  afterAll(async () => {
    await shop[Symbol.asyncDispose]();
  });

  test('is taken back by itself where Prometheus alone sees the errors, and loses no request', async () => {
    const { id } = await shop.server.launch(watchedByAll('1m'), BAD);
    const view = await shop.server.settled(id);
    expect(view).toMatchObject({ state: 'rolled-back', causes: [expect.stringMatching(/^errors: /)] });
    const [last = []] = (await verdictsOf(id)).slice(-1);
    expect(last.filter(({ holds }) => holds === 'no').map(({ condition }) => condition)).toEqual([CONDITIONS[0]]);
    // It is gone before each of the others has counted anything: an order is rarer than a page.
    const others = last.slice(1).flatMap(({ values }) => Object.values(values));
    expect(others.map((arms) => arms.new ?? 0)).toEqual([0, 0, 0]);
    expectNoneLost();
  });

  test('goes to all where all four say that it is sound', async () => {
    const { id } = await shop.server.launch(watchedByAll(FIRST_HOLD), SOUND);
    const view = await shop.server.settled(id);
    expect(view).toMatchObject({
      state: 'completed',
      environments: [{ split: [{ version: SOUND, weight: 100 }], splitVerified: true }],
    });
    const [atHalf = []] = await verdictsOf(id);
    expect(atHalf.map(({ condition, holds }) => [condition, holds])).toEqual(CONDITIONS.map((each) => [each, 'yes']));
    for (const { values } of atHalf) expect(Object.values(values)).toMatchObject([{ new: 0, old: 0 }]);
    expectNoneLost();
  });

  test('is held while Prometheus is dead, and goes on after it is back and somebody says so', async () => {
    const { server, prometheus } = shop;
    const { id } = await server.launch(shop.planText, NEXT);
    await approve(shop, id);
    await server.until(id, (view) => hasReading(view));
    await prometheus.kill();
    const held = await server.until(id, ({ state }) => state !== 'running');
    expect(held.state).toBe('held');
    expect(held.environments[0]?.split).toContainEqual({ version: NEXT, weight: 50 });
    const says = new RegExp(`(?:errors|p99) on ${NEXT}: Prometheus does not answer: ${prometheus.url}: .*refused`);
    expect(held.causes).toEqual([expect.stringMatching(says)]);
    await prometheus.start();
    await server.until(id, (view) => hasReading(view));
    expect((await server.api<LaunchView>('GET', `/launches/${id}`)).state).toBe('held');
    await act(id, { type: 'resume' });
    expect(await server.settled(id)).toMatchObject({ state: 'completed' });
    expectNoneLost();
  });

  test('is held with the words of each source that refuses', async () => {
    const { plan, ownMetrics, server } = shop;
    await withClient(shop.postgres.url, async (client) => client.query("alter role reader password 'another'"));
    const { errors } = plan.metrics as { readonly errors: object };
    const token = { env: 'PROMETHEUS_PASSWORD' };
    const metrics = {
      errors: { ...errors, auth: { user: USER, password: { env: 'COUNTS_TOKEN' } } },
      orders: ownMetrics.orders,
      pages: { ...ownMetrics.pages, headers: { authorization: token } },
      answers: { ...ownMetrics.answers, env: { TOKEN: token } },
    };
    const soak = (name: string) => ({
      soak: 'production',
      id: name,
      for: '1s',
      while: [`${name}.new < 0.5`],
      needs: [],
    });
    const { id } = await server.launch(watched(metrics, Object.keys(metrics).map(soak)), NEXT);
    const { causes } = await server.until(id, (view) => view.causes.length === 4);
    const said = causes.map((cause) => cause.replace(/: telemetry-broken: no reading: \w+ on 2\.3\.0/, ''));
    expect(said.toSorted()).toEqual([
      // The script prints its token: what it says is told, but for that.
      'answers: sh exited with 4, last line: count.sh refuses the token [redacted]: it must exit with 0 to be believed',
      'errors: Prometheus answered 401: check the secret in auth',
      'orders: PostgreSQL refuses the user or the password (28P01): check the secret in connection',
      expect.stringMatching(/^pages: 127\.0\.0\.1:\d+ answered 401: check the secret in headers$/),
    ]);
    await act(id, { type: 'abort', reason: 'its words are what was wanted' });
    await server.until(id, ({ endedAt }) => endedAt !== null);
  });

  test('keeps its secrets in no event, log or message', () => {
    const { folder } = shop;
    const paths = globSync('{.slipway/**,server.log,told.md}', { cwd: folder }).map((path) => join(folder, path));
    const texts = paths.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path, 'latin1'));
    // The events and the message are among them.
    for (const name of ['slipway.db', 'told.md']) expect(paths.join()).toContain(name);
    expect(texts.filter((text) => text.includes('count.sh refuses the token [redacted]'))).not.toHaveLength(0);
    const forms = SECRETS.flatMap((secret) => [secret, btoa(secret).replace(/.?=*$/, ''), encodeURIComponent(secret)]);
    expect(forms.filter((form) => texts.some((text) => text.includes(form)))).toEqual([]);
  });
});

/** Whether the last look had figures of both versions for every metric. */
const hasReading = ({ look }: LaunchView): boolean =>
  look !== null && look.metrics.every((metric) => metric.new !== null && metric.old !== null);
