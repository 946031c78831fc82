import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchRecord } from '@slipway/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Said, slipway } from './support/command-line.ts';
import { RealServer } from './support/real-server.ts';

const PLAN = `launch: quiet
artifact: { name: quiet, version: 1.0.0 }
phases:
  - phase: gate
    steps:
      - check: The folder is there
        command: { argv: [ls] }
      - check: It can be listed again
        command: { argv: [ls, '-a'] }
`;

let folder: string;
let server: RealServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-records-'));
  server = new RealServer(folder);
  await server.start();
  await server.launch(PLAN);
  await server.until('quiet-1', (view) => view.state === 'completed');
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...argv: readonly string[]): Promise<Said> => slipway({ folder }, ...argv);

test('documents of a launch come from its log, in the language that is asked for', async () => {
  const gate = await run('report', 'quiet-1', '--as', 'gate');
  expect([gate.code, gate.out]).toEqual([0, expect.stringContaining('**GO: every step of the gate passed.**')]);
  const french = await run('report', 'quiet-1', '--as', 'retrospective', '--lang', 'fr');
  expect(french.out).toContain('# Rétrospective : quiet 1.0.0 (quiet-1)');
  const missing = await run('report', 'quiet-1', '--as', 'changelog');
  expect([missing.code, missing.out]).toEqual([0, expect.stringContaining('Missing: no commits were given.')]);
  expect((await run('report', 'quiet-1', '--format', 'pdf', '--out', 'record.pdf')).code).toBe(0);
  expect(readFileSync(join(folder, 'record.pdf'), 'latin1').startsWith('%PDF-')).toBe(true);
  expect((await run('dora')).out).toContain('| Deployment frequency | not known |');
}, 120_000);

test('a bundle is verified without the server, and whatever was done to its events is found', async () => {
  expect((await run('record', 'key', 'create', '--export', 'key.pem')).code).toBe(0);
  expect((await run('record', 'bundle', 'quiet-1', '--out', 'evidence')).said).toContain('signed with key');
  const verify = () =>
    slipway({ folder: tmpdir() }, 'verify', join(folder, 'evidence'), '--key', join(folder, 'key.pem'));
  expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining('is whole and signed') });
  const file = join(folder, 'evidence/record.json');
  const record = JSON.parse(readFileSync(file, 'utf8')) as LaunchRecord;
  const later = record.events.map((event) => (event.seq === 3 ? { ...event, at: event.at + 1 } : event));
  for (const [events, words] of [
    [later, 'Event 3 of quiet-1 is not as it was written'],
    [record.events.slice(0, -1), `there are ${record.events.length - 1} events, ${record.events.length} were signed`],
    [record.events.toReversed(), 'is missing or out of order'],
  ] as const) {
    writeFileSync(file, JSON.stringify({ ...record, events }));
    const { code, out } = await verify();
    expect([code, out]).toEqual([1, expect.stringContaining(words)]);
    expect(out).toContain('record.json is not the file that was signed');
  }
}, 120_000);
