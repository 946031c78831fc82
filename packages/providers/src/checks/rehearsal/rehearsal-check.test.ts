import { type PlanRehearsal, type PlanRehearsed, RetryableError } from '@slipway/provider-kit';
import { contextFor, createTestContext, describeCheckConformance } from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { rehearsalCheck } from './index.ts';

const GREEN: PlanRehearsed = {
  planDigest: 'digest',
  ok: true,
  scenarios: 68,
  red: [],
  redCount: 0,
  neverExercised: 2,
  took: 3_148.05,
  at: Date.UTC(2026, 10, 24, 9),
  slipway: '0.1.0',
};
const RED: PlanRehearsed = {
  ...GREEN,
  ok: false,
  red: [{ id: 'bad:ramp@25', end: 'held', why: ['watched: nobody looked'] }],
  redCount: 1,
};

const rehearsalOf = (found: PlanRehearsed): PlanRehearsal => ({ planDigest: 'digest', run: async () => found });
const run = (found: PlanRehearsed) =>
  rehearsalCheck.run(
    rehearsalCheck.schema.parse({}),
    contextFor(rehearsalCheck.needs, createTestContext({ rehearsal: rehearsalOf(found) })),
  );

describeCheckConformance(rehearsalCheck, async () => {
  const begun = Promise.withResolvers<void>();
  // The config is all that a conformance test varies: the time stands for what comes of it.
  const rehearsal: PlanRehearsal = {
    planDigest: 'digest',
    run: async ({ timeoutMs, signal }) => {
      signal.throwIfAborted();
      if (timeoutMs === 3_000) throw new RetryableError('the rehearsal did not end within 3s');
      if (timeoutMs !== 4_000) return timeoutMs === 2_000 ? RED : GREEN;
      const { promise, reject } = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      begun.resolve();
      return await promise;
    },
  };
  return {
    context: { rehearsal },
    passing: {},
    failing: { timeout: '2s' },
    cannotAsk: { timeout: '3s' },
    endless: { config: { timeout: '4s' }, begun: () => begun.promise },
    [Symbol.asyncDispose]: async () => undefined,
  };
});

describe('rehearsal check', () => {
  it('tells what was rehearsed, with what came of it', async () => {
    const { verdict, evidence } = await run(GREEN);
    expect(verdict).toBe('pass');
    expect(evidence.summary).toBe(
      '68 scenarios were rehearsed, 0 did not end as the plan wants, 2 things were never exercised',
    );
    expect(evidence.items.map(({ found }) => found)).toEqual([
      'digest',
      '68, 0 red, in 3s148ms, ended at 2026-11-24T09:00:00.000Z, with Slipway 0.1.0',
      '2',
    ]);
  });

  it('names what is red', async () => {
    const { verdict, evidence } = await run(RED);
    expect(verdict).toBe('fail');
    expect(evidence.items.at(-1)).toEqual({
      asked: 'scenario bad:ramp@25',
      found: 'held: watched: nobody looked',
      expected: 'an end as the plan wants',
      verdict: 'fail',
    });
  });

  it('names 20 of many', async () => {
    const red = Array.from({ length: 30 }, (_, number) => ({ id: `fail:${number}`, end: 'stuck', why: [] }));
    const { evidence } = await run({ ...RED, red, redCount: 30 });
    expect(evidence.items.filter(({ asked }) => asked.startsWith('scenario '))).toHaveLength(20);
    expect(evidence.summary).toContain('30 did not end');
  });

  it.each<[string, PlanRehearsed]>([
    ['another plan was rehearsed', { ...GREEN, planDigest: 'another' }],
    ['nothing was', { ...GREEN, scenarios: 0 }],
    ['it is not well although nothing is named', { ...GREEN, ok: false }],
    ['something is red although it is said to be well', { ...GREEN, redCount: 1 }],
  ])('fails where %s', async (_name, found) => {
    expect((await run(found)).verdict).toBe('fail');
  });
});
