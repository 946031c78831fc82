import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvaluationKeyCreated, FlagDone, FlagKilled, LaunchList, TokenCreated } from '@slipway/contract';
import { createFlags, createFlagStore, createSystemClock, openSqliteDatabase } from '@slipway/engine';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Said, slipway as slipwayIn } from './support/command-line.ts';
import { RealServer } from './support/real-server.ts';

const SET = 'shop.production';
const FLAGS = `flags:
  new-checkout:
    state: ENABLED
    variants: { "on": true, "off": false }
    defaultVariant: "off"
    metadata: { type: release, owner: shop-team, purpose: One-click checkout, expires: "2020-01-31" }
`;

let folder: string;
let server: RealServer;
let key: string;
/** Ada's own token is the server's; Bob is another operator. */
let bob: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-flags-'));
  writeFileSync(join(folder, 'flags.yaml'), FLAGS);
  server = new RealServer(folder, { SLIPWAY_PERSON: 'ada@shop.example' });
  await server.start();
  const created = await server.api<TokenCreated>('POST', '/tokens', { person: 'bob@shop.example', role: 'operator' });
  bob = created.token;
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const slipway = (...argv: readonly string[]): Promise<Said> => slipwayIn({ folder }, ...argv);
const asBob = (...argv: readonly string[]): Promise<Said> =>
  slipwayIn({ folder, environment: { SLIPWAY_SERVER: server.url, SLIPWAY_TOKEN: bob } }, ...argv);

async function good<T>(...argv: readonly string[]): Promise<T> {
  const said = await slipway(...argv, '--json');
  expect([said.code, said.errors]).toEqual([0, '']);
  return JSON.parse(said.out) as T;
}

/** What an application gets, through OFREP. */
async function served(targetingKey: string): Promise<unknown> {
  const response = await fetch(`${server.url}/ofrep/v1/evaluate/flags/new-checkout`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ context: { targetingKey } }),
  });
  return ((await response.json()) as { readonly value: unknown }).value;
}

async function sharesOn(): Promise<number> {
  const all = await Promise.all(Array.from({ length: 200 }, (_, index) => served(`user-${index}`)));
  return all.filter((value) => value === true).length / all.length;
}

const told = (): string => {
  const file = join(folder, 'kills.md');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

describe('flags by the command line', () => {
  test('are checked, and applied to a set that is made when that is said', async () => {
    expect(await slipway('flags', 'validate', 'flags.yaml')).toMatchObject({ code: 0, out: '1 file valid: 1 flag\n' });
    const refused = await slipway('flags', 'apply', 'flags.yaml', '--set', SET);
    expect(refused).toMatchObject({ code: 2, errors: expect.stringContaining('--create') });
    const { code, out } = await slipway('flags', 'apply', 'flags.yaml', '--set', SET, '--create');
    expect([code, out]).toEqual([0, expect.stringContaining('added flag new-checkout · flags.yaml')]);
    expect((await slipway('flags', 'apply', 'flags.yaml', '--set', SET)).out).toBe(`${SET} is so already.\n`);
  });

  test('are asked for with a key, and ramp', async () => {
    ({ key } = await good<EvaluationKeyCreated>('flags', 'keys', 'create', SET, '--kind', 'server'));
    expect(await sharesOn()).toBe(0);
    await good('flags', 'ramp', SET, 'new-checkout', '--percent', '50');
    const share = await sharesOn();
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
    const { out } = await slipway('flags', 'show', SET, 'new-checkout');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('on for 50 % of everybody; all others: off');
  });

  test('are killed without anybody else, are told of in a channel, and come back by a person only', async () => {
    writeFileSync(join(folder, 'policy.yaml'), 'approvals: 1\nchannels: { team: { file: { path: kills.md } } }\n');
    await good('flags', 'policy', SET, '--file', 'policy.yaml');
    const killed = await good<FlagKilled>('kill', 'new-checkout', '--reason', 'payments {{ fail }}');
    expect(killed).toMatchObject({ set: SET, events: 1, proposed: [], problem: null });
    expect(await sharesOn()).toBe(0);
    await vi.waitFor(() => expect(told()).toContain('payments {{ fail }}\n'), { timeout: 20_000 });
    expect(told()).toContain('## new-checkout is killed in shop.production\n');
    const { launches } = await good<LaunchList>('list');
    expect(launches.map(({ id }) => id)).toContain(killed.announced);

    const unkill = await good<FlagKilled>('unkill', 'new-checkout', '--reason', 'mended');
    const [proposal = ''] = unkill.proposed;
    expect(await slipway('flags', 'approve', SET, proposal)).toMatchObject({ code: 3 });
    expect(await asBob('flags', 'approve', SET, proposal)).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(told()).toContain('## new-checkout serves again'), { timeout: 20_000 });
  }, 60_000);

  test('change by four eyes: who proposes does not approve', async () => {
    const asked = ['ramp', SET, 'new-checkout', '--percent', '100', '--reason', 'to all'] as const;
    const [proposal = ''] = (await good<FlagDone>('flags', ...asked)).proposed;
    const { out } = await asBob('flags', 'proposals', SET);
    expect(out).toContain(`slipway flags approve ${SET} ${proposal}`);
    expect(await sharesOn()).toBe(0);
    await asBob('flags', 'approve', SET, proposal);
    expect(await sharesOn()).toBe(1);
  });

  test('have a history and an end of life', async () => {
    const { out } = await slipway('flags', 'history', SET, 'new-checkout', '--lang', 'fr');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('new-checkout a été coupé, motif : payments {{ fail }}');
    expect(await slipway('flags', 'stale', SET)).toMatchObject({ code: 0, out: expect.stringContaining('2020-01-31') });
    expect((await slipway('flags', 'stale', SET, '--check')).code).toBe(1);
  });

  test('whose kill a server did not live to tell are told by the next one, once', async () => {
    await server.stop();
    await killWithoutTelling();
    await server.start();
    await vi.waitFor(() => expect(told()).toContain('the server died here'), { timeout: 20_000 });
    expect(await sharesOn()).toBe(0);
    await server.killAndRestart();
    const { out } = await slipway('flags', 'status', SET);
    expect(out).toContain('the database answers');
    expect(told().match(/^## /gm)).toHaveLength(3);
  }, 60_000);
}, 120_000);

/** What is left of a server that died between a kill, a minute ago, and the launch that tells of it. */
async function killWithoutTelling(): Promise<void> {
  const database = await openSqliteDatabase(join(folder, '.slipway/slipway.db'));
  const system = createSystemClock();
  const clock = { ...system, now: () => system.now() - 60_000 };
  const flags = createFlags({ store: createFlagStore(database), clock, changes: null, onError: () => undefined });
  await flags.open();
  const actor = { kind: 'person', id: 'ada@shop.example' } as const;
  const command = { type: 'kill', flag: 'new-checkout', reason: 'the server died here', launch: null } as const;
  expect(await flags.execute({ set: SET, command, actor })).toMatchObject({ ok: true, events: 1 });
  await flags.close();
  await database.close();
}
