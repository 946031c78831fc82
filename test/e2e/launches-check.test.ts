import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LaunchRecord, LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { slipway } from './support/command-line.ts';
import { RealServer } from './support/real-server.ts';
import { copyShop } from './support/shop.ts';

const SHOP = `{ process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, drain: 100ms } }`;

/** Somebody looks at it; with a rollback instead, the version before comes back. */
const STAGING = `launch: shop-staging
artifact: { name: shop }
people: { tech: [rita@shop.example] }
environments: { staging: { tier: staging, target: ${SHOP} } }
phases:
  - phase: staging
    steps:
      - deploy: staging
      - { task: Look at it, owner: tech }
`;

const production = (checks: string, more = ''): string => `launch: shop-production
artifact: { name: shop }
${more}environments: { production: { tier: production, target: ${SHOP} } }
phases:
  - phase: gate
    steps:
${checks}  - phase: production
    steps:
      - deploy: production
      - { wait: A moment, for: 10ms }
`;
const WALKED = `      - check: The way back was walked
        launches: { way-back: verified, tier: staging, within: 14d }
`;
const REHEARSED = `      - check: The plan is rehearsed
        rehearsal: {}
`;

const SECONDS = 120_000;

describe('what other launches prove', { timeout: SECONDS }, () => {
  let folder: string;
  let server: RealServer;

  beforeEach(async () => {
    folder = copyShop();
    server = new RealServer(folder, { SLIPWAY_PERSON: 'rita@shop.example' });
    await server.start();
  });

  afterEach(async () => {
    await server.stop('shop.staging', 'shop.production');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Or held, which ends the test at once. */
  const untilAsked = async (id: string): Promise<void> => {
    const asks = ({ waitingFor }: LaunchView): boolean => waitingFor.some(({ step }) => step === 'look-at-it');
    const view = await server.until(id, (each) => asks(each) || each.state === 'held');
    expect([asks(view), view.causes]).toEqual([true, []]);
  };

  /** 1.0.0 serves staging, and 2.2.0 was there and went back. */
  async function walkTheWayBack(): Promise<LaunchView> {
    const before = await server.launch(STAGING, '1.0.0');
    await untilAsked(before.id);
    await server.api('POST', `/launches/${before.id}/commands`, {
      type: 'complete-task',
      step: 'look-at-it',
      proof: 'seen',
    });
    expect(await server.settled(before.id)).toMatchObject({ state: 'completed' });
    const drill = await server.launch(STAGING, '2.2.0');
    await untilAsked(drill.id);
    await server.api('POST', `/launches/${drill.id}/commands`, { type: 'rollback', reason: 'a drill' });
    return await server.until(drill.id, (view) => view.endedAt !== null);
  }

  const gateOf = async (id: string): Promise<string> => {
    const { events }: LaunchRecord = await server.record(id);
    return JSON.stringify(events.filter(({ event }) => event.type === 'effect-settled'));
  };

  test('a way back that was walked on staging opens the gate, for that version and no other', async () => {
    const drill = await walkTheWayBack();
    const opened = await server.launch(production(WALKED), '2.2.0');
    expect(await server.settled(opened.id)).toMatchObject({ state: 'completed' });
    const { events } = await server.record(drill.id);
    const evidence = await gateOf(opened.id);
    expect(evidence).toContain(`${drill.id} proves it`);
    expect(evidence).toContain(`whole: ${events.length} events, up to ${events.at(-1)?.hash}`);
    expect(evidence).toContain('staging back to 1.0.0');

    const refused = await server.launch(production(WALKED), '2.1.0');
    const held = await server.settled(refused.id);
    expect([held.state, held.causes.join()]).toEqual(['held', expect.stringContaining('No launch proves it')]);
    expect(held.causes.join()).toContain('a launch of shop 2.1.0 that went back within 14d');
  });

  test('a record that somebody changed proves nothing', async () => {
    const drill = await walkTheWayBack();
    await server.stop();
    const database = new DatabaseSync(join(folder, '.slipway/slipway.db'));
    const sql =
      "update event set payload = replace(payload, 'a drill', 'an alarm') where launch = ? and type = 'turning-back'";
    expect(database.prepare(sql).run(drill.id).changes).toBe(1);
    database.close();
    await server.start();
    const refused = await server.launch(production(WALKED), '2.2.0');
    expect(await server.settled(refused.id)).toMatchObject({ state: 'held' });
    expect(await gateOf(refused.id)).toMatch(
      new RegExp(`${drill.id}: its record.*does not count: .*is not as it was written`),
    );
  });

  test('a plan that is rehearsed well goes on; one that can never begin does not', async () => {
    const green = await server.launch(production(REHEARSED), '2.2.0');
    const ended = await server.settled(green.id);
    expect([ended.state, ended.causes]).toEqual(['completed', []]);
    expect(await gateOf(green.id)).toContain(`"found":"${green.planDigest}"`);

    const frozen = `calendar:
  freezes: [{ from: 2026-01-01T00:00, to: 2126-01-01T00:00, because: for good }]
`;
    const red = await server.launch(production(REHEARSED, frozen), '2.2.0');
    const held = await server.settled(red.id);
    expect([held.state, held.causes.join()]).toEqual([
      'held',
      expect.stringContaining('did not end as the plan wants'),
    ]);
    const evidence = await gateOf(red.id);
    expect(evidence).toContain('"asked":"scenario good"');
    expect(evidence).toContain('by the calendar it never begins');
  });

  test('by the policy a plan without these checks is refused, and with them it is not', async () => {
    const policy = 'checks: { production: { rehearsal: required, rollback-rehearsed: 14d } }\n';
    writeFileSync(join(folder, 'slipway.policy.yaml'), policy);
    await expect(server.launch(production(REHEARSED), '2.2.0')).rejects.toThrow(
      /this changes production, and no check in front of it proves that the way back was walked on staging.*within: 14d/,
    );
    writeFileSync(join(folder, 'bare.yaml'), production('      - { wait: A moment, for: 10ms, id: first }\n'));
    const bare = await slipway({ folder }, 'validate', 'bare.yaml', '--artifact-version', '2.2.0');
    expect(bare.code).not.toBe(0);
    expect(bare.said).toContain('rehearsal: {}');
    writeFileSync(join(folder, 'both.yaml'), production(REHEARSED + WALKED));
    const both = await slipway({ folder }, 'validate', 'both.yaml', '--artifact-version', '2.2.0');
    expect(both).toMatchObject({ code: 0 });
  });
});
