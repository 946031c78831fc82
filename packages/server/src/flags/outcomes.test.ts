import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT_KEY, type FlagWorld, flagWorld } from './testing/flag-world.ts';

const ONE = { flag: 'banner', variant: 'on', outcome: 'checkout', good: 9, bad: 1 };

let world: FlagWorld;
beforeEach(async () => {
  world = await flagWorld({ requestsPerKey: 1 });
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

async function report(body: object, headers: object = { 'x-api-key': CLIENT_KEY }) {
  const response = await world.app.inject({
    method: 'POST',
    url: '/ofrep/v1/outcomes',
    headers: { host: 'localhost', ...headers },
    payload: body,
  });
  return {
    status: response.statusCode,
    body: response.json() as { code?: string; message?: string },
    headers: response.headers,
  };
}

describe('POST /ofrep/v1/outcomes', () => {
  it('counts a batch once', async () => {
    const batch = { batch: 'b-1', outcomes: [ONE, { ...ONE, variant: 'off', outcome: 'refund' }] };
    expect(await report(batch)).toMatchObject({ status: 202, body: { counted: true } });
    expect(await report(batch)).toMatchObject({ status: 202, body: { counted: false } });
    expect(world.counter.reports).toEqual([batch.outcomes]);
  });

  it.each<[string, object, string]>([
    ['a flag that is not there', { ...ONE, flag: 'none' }, 'there is no flag none'],
    ['a name that is everybody’s', { ...ONE, flag: 'constructor' }, 'there is no flag constructor'],
    ['a variant that is not there', { ...ONE, variant: 'maybe' }, 'flag banner has no variant maybe'],
    ['a count below zero', { ...ONE, good: -1 }, 'good'],
    ['a part of one', { ...ONE, bad: 0.5 }, 'bad'],
    ['too many', { ...ONE, good: 1_000_000_001 }, 'good'],
    ['more than is asked for', { ...ONE, person: 'ada' }, 'person'],
  ])('refuses all of a batch with %s', async (_what, wrong, message) => {
    const { status, body } = await report({ batch: 'b-1', outcomes: [ONE, wrong] });
    expect([status, body.code]).toEqual([400, 'wrong-input']);
    expect(JSON.stringify(body)).toContain(message);
    expect(world.counter.reports).toEqual([]);
  });

  it.each([
    ['no outcomes', { batch: 'b', outcomes: [] }],
    ['too many outcomes', { batch: 'b', outcomes: Array.from({ length: 101 }, () => ONE) }],
    ['no batch', { outcomes: [ONE] }],
    ['a long batch', { batch: 'b'.repeat(101), outcomes: [ONE] }],
  ])('refuses %s', async (_what, body) => {
    expect((await report(body)).status).toBe(400);
  });

  it.each([
    ['no key', {}, 401],
    ["a person's token", { authorization: `Bearer slipway_${'a'.repeat(43)}` }, 403],
  ])('takes an evaluation key: with %s it is %j', async (_what, headers, status) => {
    const answer = await report({ batch: 'b', outcomes: [ONE] }, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('has a bound', async () => {
    const statuses = [];
    for (let index = 0; index < 25; index += 1)
      statuses.push((await report({ batch: `b-${index}`, outcomes: [ONE] })).status);
    expect(statuses).toContain(429);
  });
});
