import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { LaunchRecord, LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { slipway } from './support/command-line.ts';
import { RealServer } from './support/real-server.ts';
import { copyShop } from './support/shop.ts';

const HOUR = 3_600_000;
const RITA = 'rita@shop.example';

let folder: string;
let server: RealServer;
let wiki: Server;
let answer: { status: number; body: string };
let asked: string[];

beforeEach(async () => {
  folder = copyShop();
  answer = { status: 200, body: 'Status: Approved' };
  asked = [];
  wiki = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((done) => wiki.listen(0, '127.0.0.1', done));
  const preload = `--import=${join(import.meta.dirname, 'support/set-clock.mjs')}`;
  const environment = { NODE_OPTIONS: preload, CLOCK_OFFSET: join(folder, 'clock-offset'), SLIPWAY_PERSON: RITA };
  server = new RealServer(folder, environment);
  await server.start();
});

afterEach(async () => {
  await server.stop();
  wiki.close();
  rmSync(folder, { recursive: true, force: true });
});

const page = (): string => {
  const address = wiki.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/macros?key=hunter2`;
};
const setClock = (offset: number): void => writeFileSync(join(folder, 'clock-offset'), String(offset));
const told = (): string => readFileSync(join(folder, 'team.md'), 'utf8');
const say = async (...argv: readonly string[]): Promise<void> => {
  const { code, said } = await slipway({ folder }, ...argv);
  expect(said).not.toMatch(/^slipway:/m);
  expect(code).toBe(0);
};
/** Until this is what the launch waits for; a part of the words. */
const waitsFor = async (id: string, ...what: readonly string[]): Promise<LaunchView> =>
  await server.until(
    id,
    ({ waitingFor }) =>
      waitingFor.length === what.length && what.every((text, at) => waitingFor[at]?.what.includes(text)),
  );
const typesOf = (record: LaunchRecord): readonly string[] => record.events.map(({ event }) => event.type);

/** Ann is on call from yesterday on, one day after the other. */
const rota = (): string => {
  const start = new Date(Date.now() - 26 * HOUR).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VEVENT',
    'UID:1',
    `DTSTART:${start}`,
    'DURATION:P1D',
    'RRULE:FREQ=DAILY',
    'SUMMARY:Ann',
    'END:VEVENT',
  ];
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
};

const PLAN = `launch: proofs
artifact: { name: shop }
people: { support: [${RITA}], tech: [${RITA}] }
channels: { team: { file: { path: team.md } } }
reach: { support: [team], tech: [team] }
phases:
  - phase: gate
    steps:
      - task: Macros ready
        owner: support
        proof: { url: { contains: Approved, private: true } }
        valid-for: 24h
      - { task: Support is trained, owner: support, valid-for: 24h }
      - check: Somebody is on call
        on-call: { calendar: { file: on-call.ics }, for: 8h }
      - { signoff: go, by: { tech: 1 }, expires: 4h }
      - { task: The night is over, owner: support }
  - phase: change
    steps:
      - run: Migrate
        command: [node, -e, '0']
        effect: executive
        undo: { none: it only ends }
`;

test('what people prove and say holds as long as the plan lets it, and is asked for again by itself', async () => {
  writeFileSync(join(folder, 'on-call.ics'), rota());
  const { id } = await server.launch(PLAN);
  await waitsFor(id, 'Macros ready');
  answer = { status: 404, body: 'Approved' };
  await say('task', 'done', 'macros-ready', '--proof', page());
  await waitsFor(id, 'Macros ready (again: its proof does not count:');
  await vi.waitFor(() => expect(told()).toContain('status is 404, expected 200'), { timeout: 20_000 });

  answer = { status: 200, body: 'Status: Approved' };
  await say('task', 'done', 'macros-ready', '--proof', page());
  await waitsFor(id, 'Support is trained');
  await say('task', 'done', 'support-is-trained', '--proof', 'all six of them');
  await waitsFor(id, 'GO or NO-GO: go');
  await say('approve', 'go');
  await waitsFor(id, 'The night is over');

  // The GO lasts four hours, the ticks a day.
  setClock(5 * HOUR);
  await waitsFor(id, 'GO or NO-GO: go', 'The night is over');
  await vi.waitFor(() => expect(told()).toContain(`the GO of ${RITA} has grown too old`), { timeout: 20_000 });
  setClock(30 * HOUR);
  await say('approve', 'go');
  const before = asked.length;
  await say('task', 'done', 'the-night-is-over', '--proof', 'it is');
  await waitsFor(id, 'Support is trained (again: its tick of', 'GO or NO-GO: go');
  await vi.waitFor(() => expect(asked.length - before).toBe(1), { timeout: 20_000 });
  expect((await slipway({ folder }, 'status')).out).toMatch(/again: its tick of [\d: -]+ UTC has grown too\s+old/);
  await say('task', 'done', 'support-is-trained', '--proof', 'and the new one');
  await waitsFor(id, 'GO or NO-GO: go');
  await say('approve', 'go');
  await server.until(id, ({ endedAt }) => endedAt !== null);

  const record = await server.record(id);
  const types = typesOf(record);
  expect(types.filter((type) => type === 'tick-expired')).toHaveLength(2);
  expect(types.filter((type) => type === 'proof-refused')).toHaveLength(1);
  // Nothing was done on a tick or a GO that was too old.
  expect(types.indexOf('tick-expired')).toBeLessThan(types.findLastIndex((type) => type === 'vote-cast'));
  const migrated = record.events.findIndex(({ event }) => event.type === 'step-started' && event.step === 'migrate');
  expect(migrated).toBeGreaterThan(types.findLastIndex((type) => type === 'vote-cast'));
  const evidence = JSON.stringify(record.events.filter(({ event }) => event.type === 'effect-settled'));
  expect(evidence).toContain('/macros?key=…');
  expect(evidence).toContain('on call for 8h: Ann until');
  expect(evidence).not.toContain('hunter2');
}, 180_000);

test('no server of a private network is asked unless the plan allows it, and nobody on call holds the launch', async () => {
  writeFileSync(join(folder, 'on-call.ics'), rota().replace('RRULE:FREQ=DAILY', 'X-NONE:1'));
  const { id } = await server.launch(PLAN.replace(', private: true', ''));
  await waitsFor(id, 'Macros ready');
  await say('task', 'done', 'macros-ready', '--proof', page());
  await waitsFor(id, 'has a private address, which is refused here');
  expect(asked).toEqual([]);
  await say('skip', 'macros-ready', '--reason', 'the wiki is ours');
  await waitsFor(id, 'Support is trained');
  await say('task', 'done', 'support-is-trained', '--proof', 'all six of them');
  const held = await server.settled(id);
  expect(held.causes.join()).toContain('nobody is on call from');
}, 120_000);
