import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { BIN, type Said, slipway as slipwayIn } from './support/command-line.ts';
import { freePort, ROOT } from './support/real-server.ts';

const SET = 'greeter.production';

let folder: string;
let router: number;
const children: ChildProcess[] = [];

/** The tutorial's files as they stand on its page, on ports that are free here. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-tutorial-flag-'));
  const server = await freePort();
  router = await freePort();
  const page = readFileSync(join(ROOT, 'docs/tutorial/roll-out-by-flag.md'), 'utf8');
  mkdirSync(join(folder, 'flags'));
  // In place of npm install.
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [, language = '', text = ''] of page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
    const name = language === 'json' ? 'flags/greeter.json' : /^(?:\/\/ file: |# launch plan: )(\S+)/.exec(text)?.[1];
    const here = text.replaceAll('7070', String(server)).replaceAll('8080', String(router));
    if (name !== undefined) writeFileSync(join(folder, name), here);
  }
  const serve = spawn(process.execPath, [BIN, 'serve', '--listen', `127.0.0.1:${server}`], {
    cwd: folder,
    stdio: 'ignore',
  });
  children.push(serve);
  const answers = async (): Promise<boolean> => {
    const url = `http://127.0.0.1:${server}/healthz`;
    return await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await vi.waitUntil(answers, { timeout: 30_000, interval: 100 });
});

afterAll(async () => {
  await slipway('down', '--environments', '--force');
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

const slipway = (...argv: readonly string[]): Promise<Said> => slipwayIn({ folder }, ...argv);

const greeting = async (): Promise<string> => await (await fetch(`http://127.0.0.1:${router}/?user=ann`)).text();

test('the tutorial of a rollout by flag does what it says', { timeout: 180_000 }, async () => {
  expect(await slipway('flags', 'apply', 'flags/greeter.json', '--set', SET, '--create')).toMatchObject({ code: 0 });
  const { code, out } = await slipway('flags', 'keys', 'create', SET, '--kind', 'server');
  expect(code).toBe(0);
  writeFileSync(join(folder, 'flags.key'), out);
  expect(await slipway('start', 'first.yaml', '--artifact-version', '1.0.0')).toMatchObject({ code: 0 });
  expect(await greeting()).toBe('hello\n');
  const visits = `i=0; while sleep 0.02; do i=$((i+1)); curl -s -o /dev/null "http://127.0.0.1:${router}/?user=$i"; done`;
  children.push(spawn('sh', ['-c', visits], { stdio: 'ignore' }));

  const bad = await slipway('start', 'launch.yaml', '--artifact-version', '1.0.0');
  expect(bad.said).toContain('ROLLED BACK');
  expect(bad.code).toBe(6);
  expect((await slipway('flags', 'show', SET, 'new-greeting')).out).toContain('killed');
  expect((await slipway('flags', 'history', SET)).out).toContain('new-greeting');
  expect(await greeting()).toBe('hello\n');

  expect(await slipway('start', 'first.yaml', '--artifact-version', '1.1.0')).toMatchObject({ code: 0 });
  expect(await slipway('unkill', 'new-greeting', '--reason', 'mended in 1.1.0')).toMatchObject({ code: 0 });
  expect(await greeting()).toBe('hello\n');

  const good = await slipway('start', 'launch.yaml', '--artifact-version', '1.1.0');
  expect(good.said).toContain('COMPLETED');
  expect(good.code).toBe(0);
  expect(await greeting()).toBe('welcome!\n');
  expect(await slipway('flags', 'stale', SET)).toMatchObject({ code: 0 });
});
