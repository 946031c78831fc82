import { createSystemClock, type StoredEvent } from '@slipway/engine';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { failed } from '../../view/testing/events.ts';
import { Flight, goesBadly } from '../testing/flight.ts';
import { createLaunchTracing, type LaunchTracing } from './launch-tracing.ts';
import { traceIdOf } from './span-ids.ts';
import { type Collector, openCollector, plain, type ReceivedSpan } from './testing/collector.ts';

const clock = createSystemClock();

interface Told {
  readonly tracing: LaunchTracing;
  readonly errors: unknown[];
  readonly fates: Record<string, number>;
}

function tracingTo(endpoint: string | null, log: (after: number) => readonly StoredEvent[] = () => []): Told {
  const errors: unknown[] = [];
  const fates: Record<string, number> = {};
  const tracing = createLaunchTracing({
    endpoint,
    version: '1.2.3',
    store: { read: async (_id, after = 0) => log(after) },
    clock,
    onSpans: (fate, spans) => (fates[fate] = (fates[fate] ?? 0) + spans),
    onError: (error) => errors.push(error),
  });
  return { tracing, errors, fates };
}

/** A launch that comes back, told as it goes. */
async function rolledBack(collector: Collector): Promise<Told> {
  const told = tracingTo(collector.url);
  const flight = new Flight(told.tracing.onAppended);
  flight.fly().go();
  flight.fly(goesBadly);
  await told.tracing.close();
  return told;
}

/** `name outcome` of each span, indented below its parent, in the order of time. */
function tree(spans: readonly ReceivedSpan[], parent?: string, depth = 0): readonly string[] {
  const children = spans.filter((span) => (span.parentSpanId ?? undefined) === parent);
  const ordered = children.toSorted((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
  return ordered.flatMap((span) => {
    const own = plain(span.attributes);
    const words = [span.name, own['slipway.outcome'], own['slipway.effect.kind'], span.status.message];
    const line = words.filter((word) => word !== undefined && word !== '').join(' ');
    return [`${'  '.repeat(depth)}${line}`, ...tree(spans, span.spanId, depth + 1)];
  });
}

afterEach(() => vi.unstubAllEnvs());

describe('the trace of a launch', () => {
  test('is one tree of phases, steps, attempts and the way back', async () => {
    await using collector = await openCollector();
    const { fates, errors } = await rolledBack(collector);
    expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(tree(collector.spans)).toEqual([
      'launch shop rolled-back rolled-back',
      '  phase gate',
      '    step smoke-tests passed',
      '      effect smoke-tests:0.0 done check',
      '    step go-no-go passed',
      '  phase production stopped',
      '    step rollout-production failed failed',
      '      effect rollout-production:0.0 done lock',
      '      effect rollout-production:1.0 done survey',
      '      effect rollout-production:2.0 done start',
      '      effect rollout-production:3.0 done shift',
      '      effect rollout-production:4.0 done observe',
      '  way back rolled-back',
      '    effect ~undo:0.0 done shift',
      '    effect ~undo:1.0 done stop',
      '    effect ~undo:2.0 done confirm-back',
    ]);
    const all = collector.spans.length;
    expect([errors, fates]).toEqual([[], { made: all, exported: all, failed: 0 }]);
  });

  test('says what was decided, and what the way back took', async () => {
    await using collector = await openCollector();
    await rolledBack(collector);
    const root = collector.spans.find(({ name }) => name === 'launch shop');
    expect(plain(root?.attributes ?? [])).toMatchObject({
      'slipway.launch': 'shop-1',
      'slipway.artifact.version': '2.1.0',
      'slipway.outcome': 'rolled-back',
      'slipway.recovery.seconds': expect.any(Number),
      'slipway.exposure.requests': 62,
    });
    expect(root?.events.map(({ name, attributes }) => [name, plain(attributes)])).toEqual([
      ['vote-cast', { 'slipway.step': 'go-no-go', 'slipway.vote': 'go' }],
      [
        'verdict',
        {
          'slipway.effect': 'rollout-production:4.0',
          'slipway.verdict': 'fail',
          'slipway.metric': 'errors',
          'slipway.samples': 62,
        },
      ],
      ['turning-back', { 'slipway.cause': 'verdict', 'slipway.ending': 'rolled-back' }],
      ['launch-ended', { 'slipway.ending': 'rolled-back' }],
    ]);
  });

  test('names nobody and no folder, and repeats no free text', async () => {
    await using collector = await openCollector();
    const { tracing } = tracingTo(collector.url);
    const flight = new Flight(tracing.onAppended);
    flight.fly(() => failed('hunter2 was refused'));
    flight.do({ type: 'hold', reason: 'hunter2' });
    flight.do({ type: 'abort', reason: 'hunter2 said rita@shop.example' });
    flight.fly();
    await tracing.close();
    expect(tree(collector.spans)[0]).toBe('launch shop scrubbed scrubbed');
    expect(collector.bodies.join('')).not.toMatch(/@shop|rita|hunter2|\/home/);
  });

  test('has a step that failed, was tried again by a person, and passed: two spans, one of them an error', async () => {
    await using collector = await openCollector();
    const { tracing } = tracingTo(collector.url);
    const flight = new Flight(tracing.onAppended);
    flight.fly(() => failed('no'));
    flight.do({ type: 'retry', step: 'smoke-tests' });
    flight.fly().go();
    flight.fly();
    await tracing.close();
    expect(tree(collector.spans).slice(0, 6)).toEqual([
      'launch shop completed',
      '  phase gate',
      '    step smoke-tests failed failed',
      '      effect smoke-tests:0.0 failed check failed',
      '    step smoke-tests passed',
      '      effect smoke-tests:0.1 done check',
    ]);
  });

  test('has an attempt whose worker died as interrupted, and its successor beside it', async () => {
    await using collector = await openCollector();
    const { tracing } = tracingTo(collector.url);
    const flight = new Flight(tracing.onAppended);
    flight.begin('smoke-tests:0.0');
    flight.begin('smoke-tests:0.0', true);
    flight.settle('smoke-tests:0.0', failed('no'));
    await tracing.close();
    expect(collector.spans.map(({ attributes }) => plain(attributes)['slipway.outcome'])).toEqual([
      'interrupted',
      'failed',
      'failed',
    ]);
    expect(new Set(collector.spans.map(({ spanId }) => spanId)).size).toBe(3);
  });
});

describe('several servers', () => {
  test('wherever the launch goes on, each span is told once, and the same as by one server', async () => {
    await using alone = await openCollector();
    await rolledBack(alone);
    for (const cut of [1, 3, 7, 12, 17, 22]) {
      await using shared = await openCollector();
      let appends = 0;
      let log: () => readonly StoredEvent[] = () => [];
      const servers = [tracingTo(shared.url, () => log()), tracingTo(shared.url, () => log())];
      const flight = new Flight((appended) => {
        appends += 1;
        servers[appends > cut ? 1 : 0]?.tracing.onAppended(appended);
      });
      log = () => flight.log;
      flight.fly().go();
      flight.fly(goesBadly);
      for (const { tracing } of servers) await tracing.close();
      const bySpan = (spans: readonly ReceivedSpan[]) => spans.toSorted((a, b) => a.spanId.localeCompare(b.spanId));
      expect(bySpan(shared.spans)).toEqual(bySpan(alone.spans));
    }
  });

  test('that take turns at a launch read of its log only what they do not know', async () => {
    await using collector = await openCollector();
    const known: number[] = [];
    let log: (after: number) => readonly StoredEvent[] = () => [];
    const read = (after: number) => (known.push(after), log(after));
    const servers = [tracingTo(collector.url, read), tracingTo(collector.url, read)];
    let turn = 0;
    const flight = new Flight((appended) => servers[(turn += 1) % 2]?.tracing.onAppended(appended));
    log = (after) => flight.log.filter(({ seq }) => seq > after);
    flight.fly().go();
    flight.fly(goesBadly);
    for (const { tracing } of servers) await tracing.close();
    expect(tree(collector.spans)[0]).toBe('launch shop rolled-back rolled-back');
    expect(known.length).toBeGreaterThan(10);
    // The first server began the launch; the other reads all of it once.
    expect(known.filter((after) => after === 0)).toHaveLength(1);
  });

  test('the same id on another database is another trace', () => {
    const ours = { id: 'shop-1', origin: { seq: 1, hash: 'a' } };
    expect(traceIdOf({ ...ours })).toBe(traceIdOf(ours));
    expect(traceIdOf({ ...ours, origin: { seq: 1, hash: 'b' } })).not.toBe(traceIdOf(ours));
    expect(traceIdOf({ ...ours, id: 'shop-2' })).not.toBe(traceIdOf(ours));
  });
});

describe('a collector that fails', () => {
  test('is told of once, and no launch notices', async () => {
    await using collector = await openCollector(400);
    const first = tracingTo(collector.url);
    for (const id of ['shop-1', 'shop-2']) {
      const flight = new Flight(first.tracing.onAppended, id);
      flight.do({ type: 'abort', reason: 'no' });
    }
    await first.tracing.close();
    expect(first.errors).toHaveLength(1);
    expect(first.fates['failed']).toBe(first.fates['made']);
  });

  test('and one that is not there does not keep a server from stopping', async () => {
    const { tracing, errors } = tracingTo('http://127.0.0.1:1/v1/traces');
    new Flight(tracing.onAppended).do({ type: 'abort', reason: 'no' });
    await tracing.close();
    expect(errors.length).toBeLessThanOrEqual(1);
  });

  test('a log that cannot be read costs spans, not the server', async () => {
    await using collector = await openCollector();
    const { tracing, errors } = tracingTo(collector.url, () => {
      throw new Error('damaged');
    });
    const late: ((typeof tracing)['onAppended'] | null)[] = [null, tracing.onAppended];
    let appends = 0;
    const flight = new Flight((appended) => late[Math.min(appends++, 1)]?.(appended));
    flight.do({ type: 'abort', reason: 'no' });
    await tracing.close();
    expect([collector.spans, String(errors[0])]).toEqual([[], 'Error: damaged']);
  });
});

test('the standard variables name the service', async () => {
  vi.stubEnv('OTEL_SERVICE_NAME', 'launches');
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=staging,service.name=other');
  await using collector = await openCollector();
  await rolledBack(collector);
  expect(collector.resources[0]).toMatchObject({
    'service.name': 'launches',
    'service.version': '1.2.3',
    'deployment.environment.name': 'staging',
  });
});

test('without an endpoint nothing is told', async () => {
  const { tracing, fates } = tracingTo(null);
  new Flight(tracing.onAppended).do({ type: 'abort', reason: 'no' });
  await tracing.close();
  expect(fates).toEqual({});
});
