import type { LaunchCommand, LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OLD, openSoakedShop, SOAK, type SoakedShop, soakOf } from './support/soaked-shop.ts';

let shop: SoakedShop;
beforeEach(async () => {
  shop = await openSoakedShop();
});
afterEach(() => shop[Symbol.asyncDispose]());

const CHECKED = [
  'tiers: [{ every: 1s, until: 2s }]',
  "checks: [{ http: { url: 'OUTSIDE/health', json: { $.value: fine } } }]",
] as const;

/** Outcomes of the checks of the soak, in the order in which they came. */
async function asked(id: string): Promise<readonly string[]> {
  const { events } = await shop.server.record(id);
  return events.flatMap(({ event }) => {
    if (event.type !== 'effect-settled' || !JSON.stringify(event).includes('/health')) return [];
    return [(event['outcome'] as { readonly result: string }).result];
  });
}

const tick = async (id: string, person: string): Promise<number> => {
  const { token } = await shop.server.api<{ readonly token: string }>('POST', '/tokens', { person, role: 'member' });
  const command: LaunchCommand = { type: 'complete-task', step: SOAK, proof: 'logs read, nothing new' };
  const response = await fetch(`${shop.server.url}/api/v1/launches/${id}/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(command),
  });
  await response.text();
  return response.status;
};

const waitsForReview = ({ waitingFor }: LaunchView): boolean =>
  waitingFor.some(({ step, who }) => step === SOAK && who === 'operations');

test('checks are asked again and again and at the end, with their evidence', async () => {
  const { id } = await shop.soak('for: 3s', ...CHECKED.map((key) => key.replace('2s', '3s')));
  const view = await shop.server.settled(id);
  expect([view.state, view.causes]).toEqual(['completed', []]);
  const answers = await asked(id);
  // Three times are due; those that a busy machine is late for are asked once.
  expect(answers.length).toBeGreaterThanOrEqual(2);
  expect([...new Set(answers)]).toEqual(['done']);
});

test('a check that says no turns the launch back, though the metrics are sound', async () => {
  shop.setHealth('ill');
  const { id } = await shop.soak('for: 5m', ...CHECKED.map((key) => key.replace('2s', '5m')));
  const view = await shop.server.settled(id);
  expect(view).toMatchObject({ state: 'rolled-back', previousVersion: OLD });
  expect(view.causes.join()).toContain('ill');
});

test('it does not end before the person who looks has ticked the review; nobody else can', async () => {
  const { id } = await shop.soak('for: 1s', CHECKED[0].replace('2s', '1s'), 'review: { by: operations }');
  await shop.server.until(id, waitsForReview);
  expect(await tick(id, 'mallory@shop.example')).toBe(403);
  const waiting = await shop.server.until(id, waitsForReview);
  expect(soakOf(waiting)?.state).toBe('active');
  expect(await tick(id, 'olga@shop.example')).toBe(200);
  const view = await shop.server.settled(id);
  expect([view.state, view.causes]).toEqual(['completed', []]);
  expect(JSON.stringify(await shop.server.record(id))).toContain('logs read, nothing new');
});

test('it is extended by a person with a reason, only longer, and ends early by a skip alone', async () => {
  const { id } = await shop.soak('for: 1s', CHECKED[0].replace('2s', '1s'), 'review: { by: operations }');
  // It would end now, were it not for the review.
  await shop.server.until(id, waitsForReview);
  const extend = (...argv: readonly string[]) => shop.slipway('soak', 'extend', SOAK, ...argv);
  expect((await extend('--by', '10m')).code).not.toBe(0);
  expect((await extend('--by', '-10m', '--reason', 'haste')).code).not.toBe(0);
  expect(await extend('--by', '10m', '--reason', 'it was a holiday')).toMatchObject({ code: 0, errors: '' });
  // The end of its last tier is that of the soak: the review is due then.
  const view = await shop.server.until(id, (later) => (later.look?.elapsed ?? 0) > 2_000 && !waitsForReview(later));
  expect([view.state, soakOf(view)?.state]).toEqual(['running', 'active']);
  expect(await shop.slipway('skip', SOAK, '--reason', 'the fix must not wait')).toMatchObject({ code: 0 });
  const ended = await shop.server.settled(id);
  expect([ended.state, ended.causes]).toEqual(['completed', []]);
  const record = JSON.stringify(await shop.server.record(id));
  for (const reason of ['it was a holiday', 'the fix must not wait']) expect(record).toContain(reason);
});

test('what the success asks for is judged at the end alone', async () => {
  shop.setLevel(60);
  const { id } = await shop.soak('for: 1s', "success: ['level.new < 50']", 'on-fail: hold');
  const view = await shop.server.settled(id);
  expect(view.state).toBe('held');
  expect(view.causes.join()).toMatch(/level/);
});
