import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BIN, type Said, slipway as slipwayIn } from './support/command-line.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const slipway = (...argv: readonly string[]): Promise<Said> => slipwayIn({ folder }, ...argv);

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const NODE_APP = JSON.stringify({
  name: '@team/My App',
  version: '1.2.3',
  scripts: { start: 'node server.js', test: 'node --test', build: 'tsc' },
});
const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\n';

describe('slipway init writes a plan that is valid as it stands', () => {
  test.each([
    ['an empty folder', {}, ['how this project is deployed']],
    [
      'a Node app',
      { 'package.json': NODE_APP, 'package-lock.json': '{}' },
      ['a Node app, started by: node server.js (npm)'],
    ],
    ['a Dockerfile', { Dockerfile: 'FROM scratch\n' }, ['a Dockerfile']],
    ['Vercel', { 'package.json': NODE_APP, 'vercel.json': '{}' }, ['Vercel']],
    ['Kubernetes', { 'k8s/app.yaml': DEPLOYMENT }, ['Kubernetes in k8s']],
  ])('for %s', async (_, files, told) => {
    write(files);
    const written = await slipway('init');
    expect(written.errors).toBe('');
    for (const line of told) expect(written.out).toContain(line);
    const checked = await slipway('validate', '--json');
    expect(JSON.parse(checked.out)).toMatchObject({ ok: true });
    expect(checked.code).toBe(0);
  });

  test('and never overwrites one that is there', async () => {
    write({ 'launch.yaml': 'launch: mine\n' });
    const refused = await slipway('init');
    expect(refused).toMatchObject({
      code: 3,
      out: '',
      errors: 'slipway: launch.yaml exists: choose another name with --file, or overwrite it with --force\n',
    });
    expect(readFileSync(join(folder, 'launch.yaml'), 'utf8')).toBe('launch: mine\n');
  });
});

describe('a bad plan', () => {
  test('is refused with every problem at its place, and the nearest name', async () => {
    write({
      'launch.yaml':
        'launch: shop\nartifact: { name: shop, version: 1.0.0 }\nphases:\n  - phase: gate\n    steps:\n      - chek: Tree\n        git: { clean: true }\n      - signoff: go\n        by: { boss: 1 }\n',
    });
    const { code, out } = await slipway('validate');
    expect(code).toBe(2);
    expect(out).toContain('launch.yaml:6:9: ');
    expect(out).toContain('"check"');
    expect(out).toContain('launch.yaml:9:15: ');
    expect(out).toContain('nothing was started');
  });

  test('of 2 MB is refused in one line', async () => {
    write({ 'launch.yaml': `# ${'x'.repeat(2_000_000)}\nlaunch: shop\n` });
    const { code, out, errors } = await slipway('validate');
    expect(code).toBe(2);
    expect(`${out}${errors}`).toMatch(/1 MB|too large|too long/);
  });

  test('that is not there is said with what to do', async () => {
    expect(await slipway('plan')).toMatchObject({
      code: 2,
      out: '',
      errors: 'slipway: there is no launch.yaml here: write one with "slipway init", or name another file\n',
    });
  });
});

describe('the command', () => {
  test('says what it cannot do without a server', async () => {
    const { code, errors } = await slipway('status');
    expect(code).toBe(1);
    expect(errors).toContain('start one with "slipway serve" or "slipway start"');
  });

  test('says in one line that its data folder cannot be written', async () => {
    write({ file: '' });
    symlinkSync('nowhere/at/all', join(folder, 'data'));
    const { code, errors } = await slipway('serve', '--data', 'data');
    expect(code).toBe(2);
    expect(errors).toMatch(
      /^slipway: the data folder .*data cannot be written \(.+\): make it writable, or name another with --data\n$/,
    );
  });

  test('gives errors as JSON where JSON was asked for', async () => {
    const { code, out } = await slipway('status', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'unavailable' } });
  });

  test('knows the nearest verb', async () => {
    const { code, errors } = await slipway('aprove');
    expect(code).toBe(2);
    expect(errors).toContain('approve');
  });

  test('speaks French', async () => {
    const { errors } = await slipway('plan', '--lang', 'fr');
    expect(errors).toContain("il n'y a pas de launch.yaml ici");
  });

  test.each([
    ['--help', '>&4'],
    ['schema', '>&4'],
    ['plan', '2>&4'],
  ])('ends quietly where nobody reads what %s says (%s)', (verb, redirection) => {
    // The write end of a pipe that has no reader any more.
    const script = `mkfifo pipe; exec 3<>pipe 4>pipe 3>&-; "$0" "$1" ${verb} ${redirection}; echo "ended with $?"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, BIN], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'ended with 141\n', stderr: '' });
  });

  test("runs on Slipway's Node and leaves the team's first on the PATH", () => {
    // An older Node, as far as the command can see; and a look at what the newer one is given.
    const preload = `if (process.argv[1]?.endsWith('slipway.mjs'))
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } });
else process.stderr.write(process.env.PATH);`;
    write({ 'preload.mjs': preload });
    const PATH = `/team/bin:${process.env['PATH']}`;
    const env = { PATH, NODE_OPTIONS: `--import=${join(folder, 'preload.mjs')}` };
    const { stderr, stdout } = spawnSync(process.execPath, [BIN, '--version'], { cwd: folder, env, encoding: 'utf8' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(stderr).toBe(PATH);
  });

  test('prints a JSON Schema', async () => {
    const { out } = await slipway('schema');
    expect(JSON.parse(out)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
  });

  test.each(['bash', 'zsh', 'fish'])('completes in %s', async (shell) => {
    const { out } = await slipway('completion', shell);
    for (const word of ['approve', 'rollback', 'artifact-version']) expect(out).toContain(word);
  });

  test('completes token create by a real bash', async () => {
    write({ 'completion.bash': (await slipway('completion', 'bash')).out });
    const script =
      'source ./completion.bash; COMP_WORDS=(slipway token cr); COMP_CWORD=2; _slipway; echo "${COMPREPLY[@]}"';
    expect(execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' }).trim()).toBe('create');
  });
});
