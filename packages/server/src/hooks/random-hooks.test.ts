import { hookReceived } from '@slipway/contract';
import { createHookDeliveries, createSystemClock, openSqliteDatabase } from '@slipway/engine';
import { ALERT_SENDERS, type AlertSender } from '@slipway/plan';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type App, buildApp } from '../api/app.ts';
import { fakeServices } from '../api/testing/fake-services.ts';
import { readHookKeys } from './hook-keys.ts';
import { createReceiver } from './receive.ts';
import { FakeLaunches } from './testing/fake-launches.ts';
import { sampleOf, SECRETS, signed } from './testing/signed.ts';

/** CI makes 10,000 of each. */
const RUNS = Number(process.env['SLIPWAY_FUZZ_RUNS'] ?? 500);
const SEED = Number(process.env['SLIPWAY_FUZZ_SEED'] ?? 20_261_124);
const NOW = Date.now();

/** Real bodies with pieces cut out, doubled, or put in the place of others. */
const mutatedBody = (from: AlertSender): fc.Arbitrary<Buffer> =>
  fc
    .tuple(fc.nat(2_000), fc.nat(60), fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom(...PIECES)))
    .map(([at, length, piece]) => {
      const text = JSON.stringify(sampleOf(from, NOW));
      const start = at % text.length;
      return Buffer.from(text.slice(0, start) + piece + text.slice(start + length));
    });
const PIECES = [
  '{',
  '[',
  '"',
  ',',
  ':',
  '\\',
  '\u0000',
  '[['.repeat(40),
  'null',
  '1e999',
  '"__proto__":{"a":1},',
  '\\ud800',
  '"status":"firing",',
];

/** The keys that senders use, with anything in their places. */
const KEYS = [
  'alerts',
  'status',
  'labels',
  'annotations',
  'startsAt',
  'event',
  'id',
  'event_type',
  'occurred_at',
  'data',
  'type',
  'title',
  '__proto__',
  'service',
  'summary',
  'incident',
];
const { value: shaped } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom('firing', 'resolved', 'incident.triggered', 'shop', new Date(NOW).toISOString(), null, 0, -1, true),
    fc.string({ maxLength: 12, unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 6 }),
  ),
}));
const bodyOf = (from: AlertSender): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 30, arbitrary: mutatedBody(from) },
    { weight: 20, arbitrary: shaped.map(json) },
    { weight: 20, arbitrary: shaped.map((data) => json({ alerts: [data], event: eventOf(data), data })) },
    { weight: 20, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        Buffer.alloc(0),
        Buffer.from('['.repeat(100_000)),
        Buffer.from(`"${'x'.repeat(100_000)}"`),
      ),
    },
  );
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const eventOf = (data: unknown): object => ({
  id: JSON.stringify(data).slice(0, 40),
  event_type: 'incident.triggered',
  occurred_at: new Date(NOW).toISOString(),
  data,
});

/** Headers of the sender itself, some changed or left out, besides any others. */
const headersOf = (from: AlertSender, body: Buffer): fc.Arbitrary<Record<string, string>> => {
  const real = signed(from, body, { now: NOW });
  const printable = fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''));
  const changed = fc.dictionary(fc.constantFrom(...Object.keys(real)), printable, { maxKeys: 2 });
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(real) },
    changed.map((own) => ({ ...real, ...own })),
    changed,
  );
};

/** Its seconds fly: nobody is told to come back later. */
async function build(launches: FakeLaunches): Promise<App> {
  const keys = await readHookKeys(
    ALERT_SENDERS.map((name) => `${name}=env:${name}`),
    SECRETS,
  );
  let asked = 0;
  const clock = { ...createSystemClock(), now: () => NOW, running: () => (asked += 1_000) };
  const deliveries = createHookDeliveries(await openSqliteDatabase(':memory:'));
  return await buildApp(
    await fakeServices({ clock, receiveHook: createReceiver({ keys, deliveries, engine: launches }) }),
  );
}

it.each(ALERT_SENDERS)(
  'whatever %s sends, it gets a plain answer without a secret',
  { timeout: 900_000 },
  async (from) => {
    const launches = new FakeLaunches();
    launches.waitFor('shop-1', { from, match: { service: 'shop' }, deed: { kind: 'hold' } });
    const app = await build(launches);
    const statuses = new Map<number, number>();
    const requests = bodyOf(from).chain((body) => fc.tuple(fc.constant(body), headersOf(from, body)));
    const property = fc.asyncProperty(requests, async ([body, headers]) => {
      const answer = await app.inject({ method: 'POST', url: `/api/v1/hooks/${from}`, headers, payload: body });
      statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
      expect([202, 400, 401, 415]).toContain(answer.statusCode);
      if (answer.statusCode === 202) hookReceived.parse(answer.json());
      expect(answer.body.length).toBeLessThan(1_000);
      for (const secret of Object.values(SECRETS)) expect(answer.body).not.toContain(secret);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    await app.close();
    // All of it was tried, and not the door alone.
    for (const status of [202, 400, 401])
      expect([status, (statuses.get(status) ?? 0) > RUNS / 50]).toEqual([status, true]);
    for (const [, command] of launches.commands) {
      if (command.type !== 'alert') throw new Error(command.type);
      expect(command.title.length).toBeLessThanOrEqual(200);
      expect(Object.keys(command.labels).length).toBeLessThanOrEqual(100);
      expect(`${command.title}${command.incident}`).not.toMatch(/\p{Cc}/u);
    }
  },
);
