import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { FlagHistory, LaunchRecord, LaunchView, StepView } from '@slipway/contract';
import { expect, test } from 'vitest';
import { type FlagContext, ListeningClient } from './support/flag-client.ts';
import { stageSizes } from './support/stage-sizes.ts';
import { FLAG, type FlaggedShop, openFlaggedShop, people, PERSON, SET } from './support/flagged-shop.ts';

const PATIENCE = 180_000;
const EVERYBODY = people(500);

const said = (shop: FlaggedShop): string => readFileSync(join(shop.folder, 'announcements.md'), 'utf8');

/** Epoch ms of the newest event of a type in a launch's record. */
function momentOf({ events }: LaunchRecord, type: string): number {
  const moment = events.findLast(({ event }) => event.type === type)?.at;
  if (moment === undefined) throw new Error(`the record has no ${type}`);
  return moment;
}

/** Until so many of everybody have the flag. */
async function served(shop: FlaggedShop, atLeast: number): Promise<ReadonlySet<string>> {
  const deadline = Date.now() + PATIENCE / 2;
  for (;;) {
    const on = await shop.flags.served(FLAG, 'on', EVERYBODY);
    if (on.size >= atLeast) return on;
    if (Date.now() > deadline) throw new Error(`${on.size} have it, and not ${atLeast}`);
    await pass(100);
  }
}

const isWaiting = ({ title, state }: StepView): boolean => title === 'Let it prove itself' && state === 'active';

const lost = (before: ReadonlySet<string>, after: ReadonlySet<string>) => [...before].filter((key) => !after.has(key));

test(
  'the example plan gives everybody the flag, and takes it from nobody on the way',
  { timeout: PATIENCE },
  async () => {
    await using shop = await openFlaggedShop('2.2.0');
    const { id } = await shop.launch();
    let before: ReadonlySet<string> = new Set();
    const ended = shop.server.settled(id);
    for (let over = false; !over;) {
      over = await Promise.race([ended.then(() => true), pass(250, false)]);
      const now = await shop.flags.served(FLAG, 'on', EVERYBODY);
      expect(lost(before, now)).toEqual([]);
      before = now;
    }
    const view = await ended;
    expect([view.state, view.causes]).toEqual(['completed', []]);
    expect(before.size).toBe(500);
    // The staff, then those of the beta, then shares of all: 10, 35, and about 5, 25 and 50 % of 500 with them.
    const history = await shop.server.api<FlagHistory>('GET', `/flags/${SET}/history`);
    const [staff, beta, ...shares] = stageSizes(history, { flag: FLAG, variant: 'on', people: EVERYBODY });
    expect([staff, beta, shares.at(-1)]).toEqual([10, 35, 500]);
    expect(shares.length).toBeGreaterThanOrEqual(4);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(said(shop)).toContain('Everybody pays with one click');
    await shop.server.record(id);
    const report = await shop.leave();
    expect([report.lost, report.byVersion['2.2.0']?.bad]).toEqual([0, 0]);
  },
);

test('a flag that fails is switched off for everybody by itself', { timeout: PATIENCE }, async ({ annotate }) => {
  await using shop = await openFlaggedShop('2.1.0');
  const staff: readonly FlagContext[] = EVERYBODY.filter(({ email = '' }) => email.endsWith('@shop.example'));
  const clients = staff.map(() => new ListeningClient());
  try {
    await Promise.all(
      clients.map((client, index) => client.open(shop.flags, FLAG, staff[index] ?? { targetingKey: 'x' })),
    );
    const { id } = await shop.launch();
    const view = await shop.server.settled(id);
    expect(view.state).toBe('rolled-back');
    expect(view.causes.join()).toMatch(/checkout_errors/);
    expect(await shop.flags.served(FLAG, 'off', EVERYBODY)).toEqual(
      new Set(EVERYBODY.map(({ targetingKey }) => targetingKey)),
    );

    await expect
      .poll(() => clients.map(({ met }) => met.at(-1)?.variant), { timeout: 10_000 })
      .toEqual(staff.map(() => 'off'));
    expect(clients.map(({ met }) => met.map(({ variant }) => variant))).toEqual(staff.map(() => ['off', 'on', 'off']));
    const record = await shop.server.record(id);
    // The launch's own record says how soon, and whom it told; these clients do not say why they fetch.
    expect(JSON.stringify(record)).toMatch(/"\d+ ms after the launch turned back"/);
    expect(JSON.stringify(record)).toMatch(new RegExp(`\\d+ of ${clients.length} that were told`));
    const verdictAt = momentOf(record, 'turning-back');
    const offAt = clients.map(({ met }) => met.at(-1)?.at ?? 0);
    expect(Math.min(...offAt)).toBeGreaterThanOrEqual(verdictAt);
    await annotate(`from the verdict to the last of ${clients.length} clients: ${Math.max(...offAt) - verdictAt} ms`);

    expect(said(shop)).toContain('One-click checkout is off for everybody');
    const shown = await shop.slipway('flags', 'show', SET, FLAG);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.out).toContain(id);
  } finally {
    await Promise.all(clients.map((client) => client.leave()));
  }
});

test(
  'a person who kills the flag in the middle is named by the launch, which ramps it no further',
  { timeout: PATIENCE },
  async () => {
    await using shop = await openFlaggedShop('2.2.0');
    // What a step that failed comes to is the plan's to say; and a long hold, so that the kill comes in the midst of a watch.
    const { id } = await shop.launch((plan) =>
      plan.replaceAll('hold: 3s', 'hold: 20s').replaceAll('min-samples: 20', 'min-samples: 20\n        on-fail: hold'),
    );
    await served(shop, 36);
    const killed = await shop.slipway('kill', FLAG, '--reason', 'the bank is down');
    expect(killed).toMatchObject({ code: 0 });
    expect((await shop.flags.served(FLAG, 'on', EVERYBODY)).size).toBe(0);
    const view: LaunchView = await shop.server.settled(id);
    expect(view.state).toBe('held');
    expect(view.causes.join()).toContain('the bank is down');
    expect(view.causes.join()).toContain(PERSON);
    expect((await shop.flags.served(FLAG, 'on', EVERYBODY)).size).toBe(0);
  },
);

test(
  'a flag that is killed behind its rollout holds the launch, which tells nobody of it',
  { timeout: PATIENCE },
  async () => {
    await using shop = await openFlaggedShop('2.2.0');
    const { id } = await shop.launch((plan) =>
      plan
        .replace(/\n *- { weight: (5|25|50), hold: 3s }/g, '')
        .replace(
          '      - announce: Everybody',
          '      - { wait: Let it prove itself, for: 5m }\n      - announce: Everybody',
        ),
    );
    await shop.server.until(id, ({ phases }) => phases.some(({ steps }) => steps.some(isWaiting)));
    expect(await shop.slipway('kill', FLAG, '--reason', 'the bank is down')).toMatchObject({ code: 0 });
    const view = await shop.server.until(id, ({ state }) => state === 'held');
    expect(view.causes.join()).toContain('the bank is down');
    expect(said(shop)).not.toContain('Everybody pays with one click');
  },
);

test(
  'a server that is started again in the middle serves the same people the same',
  { timeout: PATIENCE },
  async () => {
    await using shop = await openFlaggedShop('2.2.0');
    // Long enough for a person who holds it there.
    const { id } = await shop.launch((plan) => plan.replace('weight: 25, hold: 3s', 'weight: 25, hold: 8s'));
    await served(shop, 100);
    await shop.server.api('POST', `/launches/${id}/commands`, { type: 'hold', reason: 'lunch' });
    const before = await shop.flags.served(FLAG, 'on', EVERYBODY);
    await shop.server.killAndRestart();
    expect(await shop.flags.served(FLAG, 'on', EVERYBODY)).toEqual(before);
    // There is somebody left who may get it.
    expect(before.size).toBeLessThan(EVERYBODY.length);
    expect(await shop.slipway('resume')).toMatchObject({ code: 0 });
    const more = await served(shop, before.size + 1);
    expect(lost(before, more)).toEqual([]);
    const view = await shop.server.until(id, ({ endedAt }) => endedAt !== null);
    expect(view.state).toBe('completed');
    expect((await shop.flags.served(FLAG, 'on', EVERYBODY)).size).toBe(EVERYBODY.length);
  },
);
