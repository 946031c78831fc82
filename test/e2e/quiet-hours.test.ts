import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { slipway } from './support/command-line.ts';
import { RealServer } from './support/real-server.ts';
import { copyShop } from './support/shop.ts';

const HOUR = 3_600_000;

let folder: string;
let server: RealServer;

beforeEach(async () => {
  folder = copyShop();
  const preload = `--import=${join(import.meta.dirname, 'support/set-clock.mjs')}`;
  server = new RealServer(folder, { NODE_OPTIONS: preload, CLOCK_OFFSET: join(folder, 'clock-offset') });
  await server.start();
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const setClock = (offset: number): void => writeFileSync(join(folder, 'clock-offset'), String(offset));
const told = (channel: string): string => {
  const file = join(folder, `${channel}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
const times = (channel: string, title: string): number => told(channel).split(`## ${title}\n`).length - 1;

const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** Quiet from an hour ago until two and a half hours from now; the team is told every hour. */
const plan = (now: number): string => `launch: quiet
artifact: { name: shop }
channels: { team: { file: { path: team.md } }, log: { file: { path: log.md } } }
messages:
  quiet: [{ to: [team], hours: ${clock(now - HOUR)}-${clock(now + 2.5 * HOUR)} }]
announcements:
  - { on: started, to: [team], title: Status, text: 'It is {{ facts.state }}.', again: 1h }
  - { on: held, to: [team], template: incident-p1, mention: ['@florian'] }
phases:
  - phase: news
    steps:
      - { announce: News, to: [log], text: The shop is new. }
      - { announce: Once more, id: again, to: [log], text: The shop is new. }
  - phase: late
    steps: [{ announce: News, id: late, to: [log], text: The shop is new. }, { task: Look, owner: rm, proof: text }]
people: { rm: [rm@shop.example] }
`;

test('what can wait waits for the end of quiet hours, across a clock that is set and a death; what is urgent does not', async () => {
  const { id } = await server.launch(plan(Date.now()));
  const waiting = await server.until(id, ({ waitingMessages }) => waitingMessages !== undefined);
  expect(waiting.waitingMessages).toMatchObject([{ channel: 'team', about: 'started', standsFor: 1 }]);
  expect((waiting.waitingMessages?.[0]?.until ?? 0) - Date.now()).toBeGreaterThan(2 * HOUR);
  const status = await slipway({ folder }, 'status');
  expect(status.out).toMatch(/message \(started\) for team: waits for the end of quiet hours/);

  await server.until(id, ({ waitingFor }) => waitingFor.length > 0);
  expect([times('log', 'News'), times('log', 'Once more')]).toEqual([2, 1]);
  await server.api('POST', `/launches/${id}/commands`, { type: 'hold', reason: 'lunch' });
  await vi.waitFor(() => expect(times('team', 'P1 incident: quiet')).toBe(1), { timeout: 60_000 });
  expect(told('team')).toContain('@florian');
  expect(times('team', 'Status')).toBe(0);

  setClock(1.5 * HOUR);
  await server.killAndRestart();
  await server.until(id, ({ waitingMessages = [] }) => waitingMessages[0]?.standsFor === 2);
  setClock(3 * HOUR);
  await server.killAndRestart();
  const after = await server.until(id, ({ waitingMessages }) => waitingMessages === undefined);
  expect(after.state).toBe('held');
  await vi.waitFor(() => expect(times('team', 'Status')).toBe(1), { timeout: 60_000 });
  expect(told('team')).toMatch(/It is held\.\n\nThis message stands for [23]: they waited/);
  await server.record(id);
}, 180_000);

test('the same words do not go to the same channel twice in an hour, and the record says so', async () => {
  const twice = plan(Date.now()).replace('announce: Once more', 'announce: News');
  const { id } = await server.launch(twice);
  await server.until(id, ({ waitingFor }) => waitingFor.length > 0);
  expect(times('log', 'News')).toBe(1);
  const record = await server.open(`/launches/${id}/record?format=markdown`, {}, AbortSignal.timeout(10_000));
  expect(await record.text()).toContain('said already, not sent again');
  await server.record(id);
}, 120_000);

test("a team's file of messages above the plan counts for it, and what is wrong in it is told by its own line", async () => {
  const apps = join(folder, 'apps');
  mkdirSync(join(folder, '.git'));
  mkdirSync(apps);
  writeFileSync(join(apps, 'launch.yaml'), plan(Date.now()).replace(/^messages:\n.*\n/m, ''));
  const file = join(folder, 'slipway.messages.yaml');
  writeFileSync(file, "language: fr\ntemplates:\n  incident-p1: { title: Ours, text: '{{ facts.state }}' }\n");
  const shown = await slipway({ folder: apps }, 'plan', '--messages', '--artifact-version', '1.0.0');
  expect(shown.out).toMatch(/held · to team · calls @florian · words of slipway\.messages\.yaml\s+Ours\s+en cours/);

  writeFileSync(file, "templates:\n  incident-p1: { title: Ours, text: '{{ facts.weather }}' }\n");
  const refused = await slipway({ folder: apps }, 'validate', '--artifact-version', '1.0.0');
  expect(refused.code).toBe(2);
  expect(refused.said).toMatch(/slipway\.messages\.yaml:2:41: .*facts\.weather/);
}, 120_000);
