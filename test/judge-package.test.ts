import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'packages/judge/README.md'), 'utf8');
/** Two runs of npm and two of the compiler, on a machine that does much else. */
const PATIENCE = 120_000;

/** The first block of a language in the README. */
function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(README)?.[1] ?? '';
}

/** npm as a person starts it: without what an npm around this test tells its children, and on this very Node. */
function environment(cache: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([key]) => !key.toLowerCase().startsWith('npm_'));
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  return { ...Object.fromEntries(own), PATH: path, npm_config_cache: cache };
}

describe('the package @slipway/judge, as it is published', () => {
  let folder: string;
  let user: string;
  let packed: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-judge-package-'));
    user = mkdtempSync(join(folder, 'user-'));
    const built = join(folder, 'built');
    const env = environment(join(folder, 'cache'));
    await run(process.execPath, [join(ROOT, 'scripts/build-judge.ts'), built]);
    const { stdout } = await run('npm', ['pack', built, '--json', '--pack-destination', folder], { cwd: folder, env });
    const [report] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
    packed = report?.files.map(({ path }) => path) ?? [];
    writeFileSync(join(user, 'package.json'), '{ "private": true, "type": "module" }');
    const install = ['install', '--offline', '--no-audit', '--no-fund', join(folder, report?.filename ?? '')];
    await run('npm', install, { cwd: user, env });
  }, PATIENCE);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('runs the example of its README on a plain Node, and says what stands there', async () => {
    writeFileSync(join(user, 'example.js'), block('js'));
    const { stdout } = await run(process.execPath, ['--no-strip-types', 'example.js'], { cwd: user });
    expect(stdout).toBe(block('text'));
    expect(stdout).toContain('fail');
  });

  test(
    'has types that a strict user compiles against',
    async () => {
      writeFileSync(join(user, 'example.ts'), block('js'));
      writeFileSync(
        join(user, 'wrong.ts'),
        "import { shareBand } from '@slipway/judge';\nshareBand('three', 10, 0.05);\n",
      );
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
      const args = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,dom'];
      const compile = (file: string) => run(process.execPath, [tsc, ...args, file], { cwd: user });
      await expect(compile('wrong.ts')).rejects.toMatchObject({ stdout: expect.stringContaining('TS2345') });
      expect((await compile('example.ts')).stdout).toBe('');
    },
    PATIENCE,
  );

  test('holds JavaScript, types, README and licence, and nothing else; it depends on nothing', () => {
    const kinds = new Set(packed.map((path) => path.replace(/^.*?(\.d\.ts|\.[a-z]+)$/, '$1')));
    expect(kinds).toEqual(new Set(['.js', '.d.ts', '.json', '.md', 'LICENSE']));
    expect(packed.filter((path) => /test|fixture|kayenta/.test(path))).toEqual([]);
    expect(readdirSync(join(user, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@slipway']);
    const manifest: object = JSON.parse(readFileSync(join(user, 'node_modules/@slipway/judge/package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('private');
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).toMatchObject({
      sideEffects: false,
      license: 'Apache-2.0',
      exports: { '.': { default: './index.js' } },
    });
  });

  test('has every name that its README tells of', async () => {
    const table = README.slice(README.indexOf('## What there is'), README.indexOf('## What it does not do'));
    const told = [...table.matchAll(/`([A-Za-z_]+)`/g)].map(([, name = '']) => name);
    const members = new Set(['basisOf', 'look', 'state', 'restore', 'harm', 'harmless', 'threshold']);
    const ask = "import * as judge from '@slipway/judge'; console.log(JSON.stringify(Object.keys(judge)))";
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', ask], { cwd: user });
    const names = JSON.parse(stdout) as readonly string[];
    expect(told.length).toBeGreaterThan(40);
    expect(told.filter((name) => !names.includes(name) && !members.has(name))).toEqual([]);
  });
});
