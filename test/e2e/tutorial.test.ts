import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Said, slipway as slipwayIn } from './support/command-line.ts';
import { freePort, ROOT } from './support/real-server.ts';

const ME = 'you@example.com';

let folder: string;
let port: number;
let visitors: ReturnType<typeof spawn>;

/** The tutorial's files as they stand on its page, on a port that is free here. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-tutorial-'));
  port = await freePort();
  const page = readFileSync(join(ROOT, 'docs/tutorial/launch-your-own-app.md'), 'utf8');
  for (const [, text = ''] of page.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)) {
    const name = /^(?:\/\/ file: |# launch plan: )(\S+)/.exec(text)?.[1];
    if (name !== undefined) writeFileSync(join(folder, name), text.replaceAll('8080', String(port)));
  }
});

afterAll(async () => {
  visitors?.kill();
  // A test that failed in the middle of a launch must not leave its server behind.
  await slipway('down', '--environments', '--force');
  rmSync(folder, { recursive: true, force: true });
});

const slipway = (...argv: readonly string[]): Promise<Said> =>
  slipwayIn({ folder, environment: { SLIPWAY_PERSON: ME } }, ...argv);

/** Starts a version, says GO, and watches it to its end. */
async function launch(version: string): Promise<Said> {
  await slipway('start', 'launch.yaml', '--artifact-version', version, '--no-watch');
  expect(await slipway('approve', 'go-no-go', '--reason', 'the tests are green')).toMatchObject({ code: 0 });
  return slipway('watch');
}

test('the tutorial does what it says', async () => {
  expect(await slipway('validate', 'first.yaml')).toMatchObject({ code: 0 });
  expect((await slipway('plan', 'first.yaml')).said).toContain('Deploy to production');
  const first = await slipway('start', 'first.yaml');
  expect(first).toMatchObject({ code: 0 });
  expect(first.said).toContain('COMPLETED');
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello from 1.0.0\n');
  visitors = spawn(
    'sh',
    ['-c', `for i in $(seq 6000); do curl -s -o /dev/null http://127.0.0.1:${port}/; sleep 0.02; done`],
    { stdio: 'ignore' },
  );

  const bad = await launch('2.0.0');
  expect(bad.said).toContain('ROLLED BACK, VERIFIED');
  expect(bad.code).toBe(6);
  expect(readFileSync(join(folder, 'announcements.md'), 'utf8')).toContain('Greeter 2.0.0 was taken back');

  const good = await launch('3.0.0');
  expect(good.said).toContain('COMPLETED');
  expect(good.code).toBe(0);
  expect(readFileSync(join(folder, 'announcements.md'), 'utf8')).toContain('Greeter 3.0.0 is live');

  await slipway('report', '--format', 'json', '--output', 'record.json');
  expect(await slipway('verify', 'record.json')).toMatchObject({ code: 0 });
  writeFileSync(
    join(folder, 'record.json'),
    readFileSync(join(folder, 'record.json'), 'utf8').replace('green', 'greem'),
  );
  const broken = await slipway('verify', 'record.json');
  expect(broken.code).toBe(1);
  expect(broken.said).toContain('NOT whole');
}, 120_000);
