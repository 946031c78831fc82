import { type Appended, createSystemClock } from '@slipway/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { done, failed } from '../view/testing/events.ts';
import { createServerMetrics, type ServerMetrics } from './server-metrics.ts';
import { readExposed } from './testing/exposed.ts';
import { Flight, goesBadly } from './testing/flight.ts';

let metrics: ServerMetrics;
let flight: Flight;

beforeEach(() => {
  const onError = (error: unknown): never => {
    throw error;
  };
  metrics = createServerMetrics({ version: '1.2.3', clock: createSystemClock(), onError });
  flight = new Flight(metrics.onAppended);
});

afterEach(() => metrics.close());

const samples = async () => readExposed(await metrics.read()).samples;

test('a launch that goes well', async () => {
  flight.fly().go();
  flight.fly();
  expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  expect(await samples()).toMatchObject({
    slipway_launches_started_total: 1,
    'slipway_launches_ended_total{ending="completed"}': 1,
    'slipway_launches_ended_total{ending="rolled-back"}': 0,
    'slipway_verdicts_total{decision="pass"}': 2,
    'slipway_effects_started_total{kind="shift"}': 2,
    'slipway_effect_duration_seconds_count{kind="shift",outcome="done"}': 2,
    'slipway_effect_duration_seconds_sum{kind="shift",outcome="done"}': 2,
    'slipway_events_appended_total{type="launch-started"}': 1,
    slipway_last_append_timestamp_seconds: (flight.log.at(-1)?.at ?? 0) / 1000,
  });
});

test('a launch that comes back by itself, with the seconds it took', async () => {
  flight.fly().go();
  flight.fly(goesBadly);
  expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
  const told = await samples();
  const shiftedBack = flight.log.find(({ event }) => event.type === 'effect-settled' && event.effect === '~undo:0.0');
  expect(told).toMatchObject({
    'slipway_verdicts_total{decision="fail"}': 1,
    'slipway_turn_backs_total{cause="verdict",ending="rolled-back"}': 1,
    'slipway_launches_ended_total{ending="rolled-back"}': 1,
    slipway_recovery_seconds_count: 1,
    slipway_recovery_seconds_sum: ((shiftedBack?.at ?? 0) - (flight.log[0]?.at ?? 0)) / 1000,
  });
});

test('a way back that stays incomplete and is retried: one recovery, two ends', async () => {
  flight.fly().go();
  flight.fly((effect) => (effect.work.kind === 'stop' ? failed('exit 1') : goesBadly(effect)));
  expect(flight.launch.mode.is).toBe('incomplete');
  flight.do({ type: 'retry', step: null });
  flight.fly();
  expect(await samples()).toMatchObject({
    'slipway_launches_ended_total{ending="rollback-incomplete"}': 1,
    'slipway_launches_ended_total{ending="rolled-back"}': 1,
    slipway_recovery_seconds_count: 1,
  });
});

test('what fails is held, and what may be tried again is', async () => {
  let tries = 0;
  flight.fly((effect) => (effect.work.kind === 'check' && (tries += 1) === 1 ? failed('no', true) : done()));
  flight.do({ type: 'hold', reason: 'lunch' });
  expect(await samples()).toMatchObject({
    'slipway_effect_retries_total{kind="check"}': 1,
    'slipway_effect_duration_seconds_count{kind="check",outcome="failed"}': 1,
    'slipway_holds_total{cause="person"}': 1,
  });
});

test('a server that takes over counts what it appends itself, durations included', async () => {
  const taken: Appended[] = [];
  const launch = new Flight((appended) => taken.push(appended));
  launch.begin('smoke-tests:0.0');
  launch.settle('smoke-tests:0.0', done());
  for (const appended of taken.slice(2)) metrics.onAppended(appended);
  const told = await samples();
  expect(told).toMatchObject({
    slipway_launches_started_total: 1,
    'slipway_effect_duration_seconds_sum{kind="check",outcome="done"}': 1,
  });
  expect(told).not.toHaveProperty('slipway_effects_started_total{kind="check"}');
});

test('what may be alerted on is there before it happens for the first time', async () => {
  const told = Object.entries(await samples()).filter(([line]) =>
    /^slipway_(holds|turn_backs|database_errors)/.test(line),
  );
  expect(told.every(([, figure]) => figure === 0)).toBe(true);
  expect(told.map(([line]) => line)).toEqual(
    expect.arrayContaining([
      'slipway_holds_total{cause="unknown-outcome"}',
      'slipway_turn_backs_total{cause="abort",ending="scrubbed"}',
      'slipway_database_errors_total{code="full"}',
    ]),
  );
});
