import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RealServer } from './support/real-server.ts';

/** Signs of regular expressions, quotes, a line break: whatever could slip through a careless filter. */
const SECRET = 'p4ss.(wörd)+[a-z]*"$1\\\nsecond line of it';

let folder: string;
let server: RealServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-bounds-'));
  server = new RealServer(folder, { DEPLOY_KEY: SECRET });
  await server.start();
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const residentMb = (): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;

test('a secret that a command prints is in no event, no message, no view and no log', async () => {
  const show = (how: string) => `[node, --eval, 'console.log(${how}); console.error(${how}); process.exit(1)']`;
  const step = (title: string, how: string) => `      - run: ${title}
        command: ${show(how)}
        env: { KEY: { env: DEPLOY_KEY } }
        effect: executive
        undo: { none: a test }
        needs: []
`;
  const { id } = await server.launch(`launch: leak
artifact: { name: leak, version: 1.0.0 }
channels: { team: { file: { path: told.md } } }
phases:
  - phase: leak
    steps:
${step('Plain', 'process.env.KEY')}${step('Encoded', 'Buffer.from(process.env.KEY).toString("base64")')}announcements:
  - { on: held, to: [team], title: Held, text: '{{ facts.cause }}' }
`);
  await server.until(id, (view) => view.causes.length === 2);
  const record = await server.record(id);
  const told = await server.until(id, () =>
    readFileSync(join(folder, 'told.md'), { encoding: 'utf8', flag: 'a+' }).includes('Held'),
  );
  const everything = [
    JSON.stringify(record),
    JSON.stringify(told),
    readFileSync(join(folder, 'told.md'), 'utf8'),
    readFileSync(join(folder, 'server.log'), 'utf8'),
  ].join('\n');
  expect(everything).toContain('[redacted]');
  const base64 = Buffer.from(SECRET).toString('base64');
  for (const form of [
    SECRET,
    JSON.stringify(SECRET).slice(1, -1),
    base64,
    base64.slice(0, 24),
    'second line of it',
    'p4ss.(w',
  ]) {
    expect(everything).not.toContain(form);
  }
}, 60_000);

test('a command that prints 200 MB costs the server little memory, and its log is cut with a note', async () => {
  const before = residentMb();
  const loud =
    'const line = "x".repeat(99) + "\\n"; let left = 2000000; const write = () => { while (left-- > 0) if (!process.stdout.write(line)) return process.stdout.once("drain", write); }; write()';
  const { id } = await server.launch(`launch: loud
artifact: { name: loud, version: 1.0.0 }
phases:
  - phase: loud
    steps:
      - run: Much output
        command: [node, --eval, '${loud}']
        effect: read-only
`);
  const view = await server.settled(id);
  expect(view.state).toBe('completed');
  expect(residentMb() - before).toBeLessThan(150);
  expect(JSON.stringify(await server.record(id)).length).toBeLessThan(100_000);
}, 60_000);

test('an edited plan does not touch the launch that runs: it keeps its own copy', async () => {
  const plan = (seconds: number) =>
    `launch: copy\nartifact: { name: copy, version: 1.0.0 }\nphases: [{ phase: p, steps: [{ wait: A moment, for: ${seconds}s }] }]\n`;
  const first = await server.launch(plan(2));
  const second = await server.launch(plan(1));
  expect(second.planDigest).not.toBe(first.planDigest);
  const ended = await server.settled(first.id);
  expect(ended).toMatchObject({ state: 'completed', planDigest: first.planDigest });
  expect((ended.endedAt ?? 0) - ended.startedAt).toBeGreaterThanOrEqual(2000);
}, 60_000);
