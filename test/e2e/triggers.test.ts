import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlagView, LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OLD, openSoakedShop, PERSON, SOAK, type SoakedShop, soakOf } from './support/soaked-shop.ts';

/** A message may be on its way when what it tells of is there. */
const SOON = { timeout: 20_000 };

let shop: SoakedShop;
beforeEach(async () => {
  shop = await openSoakedShop();
});
afterEach(() => shop[Symbol.asyncDispose]());

/** A soak whose conditions hold all along: whatever happens, the trigger did it. */
async function pull(deed: string): Promise<string> {
  const { id } = await shop.soak('for: 5m', `triggers: [{ when: 'level.new > 50', do: ${deed} }]`);
  await shop.server.until(id, (view) => soakOf(view)?.state === 'active');
  expect(shop.told('pages') + shop.told('tickets')).toBe('');
  shop.setLevel(70);
  return id;
}

async function firedIn(id: string): Promise<readonly unknown[]> {
  const { events } = await shop.server.record(id);
  return events.map(({ event }) => event).filter(({ type }) => type === 'trigger-fired');
}

const FIRED = { step: SOAK, when: 'level.new > 50', found: expect.stringContaining('70') };

test('rollback: the old version serves again, and the launch says what was found', async () => {
  const id = await pull('rollback');
  const view = await shop.server.settled(id);
  expect(view).toMatchObject({ state: 'rolled-back', previousVersion: OLD });
  expect(view.causes.join()).toMatch(/level\.new > 50/);
  expect(await firedIn(id)).toEqual([expect.objectContaining({ ...FIRED, deed: { kind: 'rollback' } })]);
  expect(shop.told('team')).toBe('');
});

test('hold: it waits for a person, who may go on; it acts once a watch', async () => {
  const id = await pull('hold');
  const view = await shop.server.settled(id);
  expect(view.state).toBe('held');
  expect(view.causes.join()).toMatch(/level\.new > 50/);
  expect(shop.told('pages')).toBe('');
  await shop.server.api('POST', `/launches/${id}/commands`, { type: 'resume' });
  const skip = { type: 'skip', step: SOAK, reason: 'the level is as we want it' };
  await shop.server.api('POST', `/launches/${id}/commands`, skip);
  const ended = await shop.server.settled(id);
  expect([ended.state, ended.causes]).toEqual(['completed', []]);
  expect(await firedIn(id)).toHaveLength(1);
  await expect.poll(() => shop.told('team'), SOON).toContain('It is live');
});

test('page: it waits as well, and whoever is on call is told why', async () => {
  const id = await pull('page');
  const view = await shop.server.settled(id);
  expect(view.state).toBe('held');
  await expect.poll(() => shop.told('pages'), SOON).toMatch(/level\.new > 50/);
  await shop.server.api('POST', `/launches/${id}/commands`, { type: 'rollback', reason: 'it was right' });
  expect((await shop.server.settled(id)).state).toBe('rolled-back');
});

test('ticket: the channel is told once, and the soak goes on', async () => {
  const id = await pull('{ ticket: tickets }');
  await expect.poll(() => shop.told('tickets'), SOON).toMatch(/level\.new > 50/);
  const told = shop.told('tickets');
  const looked = ({ look }: LaunchView): number => look?.elapsed ?? 0;
  const before = looked(await shop.server.until(id, (view) => looked(view) > 0));
  // It is looked at again and again meanwhile.
  const view = await shop.server.until(id, (later) => looked(later) > before + 1_500);
  expect([view.state, soakOf(view)?.state]).toEqual(['running', 'active']);
  expect(shop.told('tickets')).toBe(told);
  expect(shop.told('pages')).toBe('');
  await shop.server.api('POST', `/launches/${id}/commands`, { type: 'rollback', reason: 'enough' });
  await shop.server.settled(id);
  expect(await firedIn(id)).toHaveLength(1);
});

const FLAGS = {
  $schema: 'https://flagd.dev/schema/v0/flags.json',
  flags: {
    'one-click': {
      state: 'ENABLED',
      variants: { on: true, off: false },
      defaultVariant: 'on',
      metadata: { type: 'release', owner: PERSON, purpose: 'Pay with one click', expires: '2190-06-30' },
    },
  },
};

test('flag-off: everybody gets the off variant, and the soak goes on', async () => {
  writeFileSync(join(shop.folder, 'flags.json'), JSON.stringify(FLAGS));
  const applied = await shop.slipway('flags', 'apply', 'flags.json', '--set', 'shop.production', '--create');
  expect(applied).toMatchObject({ code: 0 });
  const kill = async (): Promise<unknown> =>
    (await shop.server.api<FlagView>('GET', '/flags/shop.production/flags/one-click')).kill;
  expect(await kill()).toBeNull();
  const id = await pull('{ flag-off: one-click }');
  await expect.poll(kill, SOON).toMatchObject({ launch: id });
  const view = await shop.server.api<LaunchView>('GET', `/launches/${id}`);
  expect([view.state, soakOf(view)?.state]).toEqual(['running', 'active']);
  expect(await firedIn(id)).toEqual([
    expect.objectContaining({ ...FIRED, deed: { kind: 'flag-off', flag: 'one-click' } }),
  ]);
});
