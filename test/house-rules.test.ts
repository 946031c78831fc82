import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('..', import.meta.url));

const IMPORTS = 'eslint(no-restricted-imports)';
const GLOBALS = 'eslint(no-restricted-globals)';
const PROPERTIES = 'eslint(no-restricted-properties)';
const EXHAUSTIVE = 'typescript(switch-exhaustiveness-check)';
const colour = "type Colour = 'red' | 'green'; export const name = (c: Colour) => {";

/** A file, what it holds, and the rule that refuses it. */
const refused: [file: string, source: string, rule: string][] = [
  // Rooms
  ['packages/plan/src/room.ts', "export { decide } from '@slipway/core';", IMPORTS],
  ['packages/plan/src/room.test.ts', "export { decide } from '@slipway/core';", IMPORTS],
  ['packages/flags/src/room.ts', "export type { Plan } from '@slipway/plan';", IMPORTS],
  ['packages/flags/src/room.test.ts', "export { judge } from '@slipway/judge';", IMPORTS],
  ['packages/judge/src/room.ts', "export type { Plan } from '@slipway/plan';", IMPORTS],
  ['packages/judge/src/room.test.ts', "export type { Plan } from '@slipway/plan';", IMPORTS],
  ['packages/judge/src/testing/room.ts', "export { decide } from '@slipway/core';", IMPORTS],
  ['packages/contract/src/room.ts', "export type { State } from '@slipway/core';", IMPORTS],
  ['packages/provider-kit/src/room.ts', "export type { State } from '@slipway/core';", IMPORTS],
  ['packages/provider-kit/src/plan-code.ts', "export { parse } from '@slipway/plan';", IMPORTS],
  ['packages/core/src/plan-code.ts', "export { parse } from '@slipway/plan';", IMPORTS],
  ['packages/core/src/room.ts', "export type { Verdict } from '@slipway/judge';", IMPORTS],
  ['packages/core/src/room.test.ts', "export { run } from '@slipway/engine';", IMPORTS],
  ['packages/engine/src/room.ts', "export { start } from '@slipway/server';", IMPORTS],
  ['packages/engine/src/provider.ts', "export { shell } from '@slipway/providers';", IMPORTS],
  ['packages/engine/src/dynamic.ts', "export const late = await import('@slipway/providers');", IMPORTS],
  ['packages/engine/src/unknown-room.ts', "export { x } from '@slipway/a-room-of-tomorrow';", IMPORTS],
  ['packages/providers/src/check/room.ts', "export { run } from '@slipway/engine';", IMPORTS],
  ['packages/server/src/room.ts', "export { main } from 'slipway';", IMPORTS],
  ['packages/server/src/web.ts', "export { App } from '@slipway/web';", IMPORTS],
  ['packages/cli/src/room.ts', "export { parse } from '@slipway/plan';", IMPORTS],
  ['packages/web/src/room.ts', "export { start } from '@slipway/server';", IMPORTS],
  ['simulation/src/room.ts', "export { start } from '@slipway/server';", IMPORTS],
  // Paths that leave a package, or go round what it exports
  ['packages/engine/src/jump.ts', "export { x } from '../../core/src/index.ts';", IMPORTS],
  ['packages/engine/src/deep/jump.ts', "export { x } from '../../../core/src/index.ts';", IMPORTS],
  ['packages/engine/src/jump.test.ts', "export { x } from '../../core/src/index.ts';", IMPORTS],
  ['packages/engine/src/inside.ts', "export { x } from '@slipway/core/src/decide.ts';", IMPORTS],
  ['packages/server/src/jump.ts', "export { x } from '../../cli/src/index.ts';", IMPORTS],
  ['simulation/src/jump.ts', "export { x } from '../../packages/core/src/index.ts';", IMPORTS],
  ['scripts/jump.ts', "export { x } from '../packages/core/src/index.ts';", IMPORTS],
  ['test/jump.test.ts', "export { x } from '../packages/core/src/index.ts';", IMPORTS],
  // Purity
  ['packages/core/src/library.ts', "export { z } from 'zod';", IMPORTS],
  ['packages/core/src/scoped-library.ts', "export { x } from '@some/library';", IMPORTS],
  ['packages/core/src/builtin.ts', "export { readFile } from 'node:fs/promises';", IMPORTS],
  ['packages/judge/src/library.ts', "export { z } from 'zod';", IMPORTS],
  ['packages/judge/src/builtin.ts', "export { randomUUID } from 'node:crypto';", IMPORTS],
  ['packages/flags/src/builtin.ts', "export { randomUUID } from 'node:crypto';", IMPORTS],
  ['packages/plan/src/builtin.ts', "export { readFile } from 'node:fs/promises';", IMPORTS],
  ['packages/core/src/clock.ts', 'export const at = new Date();', GLOBALS],
  ['packages/core/src/hidden-clock.ts', 'export const at = globalThis.Date.now();', GLOBALS],
  ['packages/judge/src/clock.ts', 'export const at = Date.now();', GLOBALS],
  ['packages/plan/src/clock.ts', 'export const at = Date.now();', GLOBALS],
  ['packages/flags/src/clock.ts', 'export const at = Date.now();', GLOBALS],
  ['packages/core/src/timer.ts', 'export const timer = setTimeout(() => undefined, 1);', GLOBALS],
  ['packages/core/src/interval.ts', 'export const timer = setInterval(() => undefined, 1);', GLOBALS],
  ['packages/core/src/network.ts', "export const answer = fetch('http://localhost');", GLOBALS],
  ['packages/core/src/environment.ts', 'export const home = process.env;', GLOBALS],
  ['packages/core/src/id.ts', 'export const id = crypto.randomUUID();', GLOBALS],
  ['packages/core/src/stopwatch.ts', 'export const at = performance.now();', GLOBALS],
  ['packages/core/src/random.ts', 'export const dice = Math.random();', PROPERTIES],
  ['packages/judge/src/random.ts', 'export const dice = Math.random();', PROPERTIES],
  // The rest of the house
  ['packages/engine/src/cycle-a.ts', "import { b } from './cycle-b.ts'; export const a = () => b;", 'import(no-cycle)'],
  ['packages/engine/src/cycle-b.ts', "import { a } from './cycle-a.ts'; export const b = () => a;", 'import(no-cycle)'],
  ['packages/engine/src/gap.ts', `${colour} switch (c) { case 'red': return 1; } };`, EXHAUSTIVE],
  [
    'packages/engine/src/fallback.ts',
    `${colour} switch (c) { case 'red': return 1; default: return 2; } };`,
    EXHAUSTIVE,
  ],
  [
    'packages/engine/src/idle-default.ts',
    `${colour} switch (c) { case 'red': return 1; case 'green': return 2; default: return 3; } };`,
    EXHAUSTIVE,
  ],
  ['packages/engine/src/floating.ts', 'Promise.resolve(1);', 'typescript(no-floating-promises)'],
  [
    'packages/engine/src/misused.ts',
    'export const n = [1].filter(async () => Promise.resolve(true));',
    'typescript(no-misused-promises)',
  ],
  ['packages/engine/src/any.ts', 'export const anything = (x: any) => String(x);', 'typescript(no-explicit-any)'],
  ['packages/engine/src/default.ts', 'export default 1;', 'import(no-default-export)'],
  [
    'packages/engine/src/type-import.ts',
    "import { A } from './clean.ts'; export type B = A;",
    'typescript(consistent-type-imports)',
  ],
  [
    'packages/engine/src/type-side-effect.ts',
    "import { type A } from './clean.ts'; export type B = A;",
    'typescript(no-import-type-side-effects)',
  ],
  ['packages/engine/src/equality.ts', 'export const same = (x: number) => x == 1;', 'eslint(eqeqeq)'],
  ['packages/engine/src/console.ts', "console.log('hello');", 'eslint(no-console)'],
  ['packages/engine/src/let.ts', 'let one = 1; export const two = one + 1;', 'eslint(prefer-const)'],
  ['packages/engine/src/CamelCase.ts', 'export const one = 1;', 'unicorn(filename-case)'],
  ['packages/engine/src/bare-builtin.ts', "export { readFile } from 'fs/promises';", 'unicorn(prefer-node-protocol)'],
  [
    'packages/engine/src/mock.test.ts',
    "import { vi } from 'vitest'; vi.mock('./clean.ts');",
    'vitest(no-restricted-vi-methods)',
  ],
];

/** A file, and what it may hold: the other side of each fence. */
const allowed: [file: string, source: string][] = [
  ['packages/core/src/clean.ts', "export type { Plan } from '@slipway/plan';"],
  ['packages/core/src/sibling.ts', "export type { Plan } from './clean.ts';"],
  ['packages/core/src/deep/cousin.ts', "export type { Plan } from '../clean.ts';"],
  ['packages/core/src/clean.test.ts', "import { parse } from '@slipway/plan'; export const at = [parse, new Date()];"],
  ['packages/core/src/testing/clean.ts', "import { fc } from 'fast-check'; export const x = [fc, Math.random()];"],
  ['packages/core/src/date-type.ts', 'export type When = Date;'],
  ['packages/judge/src/clean.ts', 'export const mean = (a: number, b: number) => (a + b) / 2;'],
  ['packages/judge/src/clean.test.ts', "export { readFile } from 'node:fs/promises';"],
  ['packages/plan/src/clean.ts', "export { parse } from 'yaml';"],
  ['packages/plan/src/digest.ts', "export { createHash } from 'node:crypto';"],
  ['packages/plan/src/clean.test.ts', "export { readFile } from 'node:fs/promises';"],
  ['packages/contract/src/clean.ts', "export { z } from 'zod';"],
  ['packages/provider-kit/src/clean.ts', "export type { Plan } from '@slipway/plan';"],
  ['packages/providers/src/check/clean.ts', "export { check } from '@slipway/provider-kit';"],
  ['packages/providers/src/channel/console/index.ts', "console.log('hello');"],
  [
    'packages/engine/src/clean.ts',
    "export { decide } from '@slipway/core'; export type A = number; export const at = Date.now();",
  ],
  ['packages/engine/src/rooms.ts', "export { compile } from '@slipway/flags'; export { judge } from '@slipway/judge';"],
  ['packages/engine/src/whole.ts', `${colour} switch (c) { case 'red': return 1; case 'green': return 2; } };`],
  ['packages/server/src/clean.ts', "export { run } from '@slipway/engine'; export { all } from '@slipway/providers';"],
  ['packages/server/src/plan/clean.ts', "export { x } from '../flags/x.ts';"],
  ['packages/server/test/clean.ts', "export { x } from '../src/clean.ts';"],
  ['packages/cli/src/clean.ts', "export { wire } from '@slipway/contract'; console.log('hello');"],
  ['packages/web/src/clean.ts', "export { wire } from '@slipway/contract';"],
  ['simulation/src/clean.ts', "export { run } from '@slipway/engine';"],
  ['scripts/clean.ts', "console.log('hello');"],
  ['examples/shop/clean.ts', "console.log('hello');"],
  ['vitest.config.ts', 'export default {};'],
];

/** Lints a folder with the given configuration: the rules that each of its files broke. */
async function lint(folder: string, config: string): Promise<Map<string, string[]>> {
  const oxlint = join(repository, 'node_modules/oxlint/bin/oxlint');
  const path = [join(repository, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const report = await new Promise<string>((resolve, reject) => {
    const args = [oxlint, '--config', config, '--type-aware', '--format', 'json'];
    execFile(process.execPath, args, { cwd: folder, env: { ...process.env, PATH: path } }, (_error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(stdout);
      else reject(new Error(`oxlint gave no report: ${stdout}${stderr}`));
    });
  });
  const { diagnostics } = JSON.parse(report) as { diagnostics: { code: string; filename: string }[] };
  const byFile = Map.groupBy(diagnostics, ({ filename }) => filename.replaceAll('\\', '/'));
  return new Map([...byFile].map(([file, found]) => [file, found.map(({ code }) => code)]));
}

describe('the rules of the house', () => {
  let folder: string;
  let broken: Map<string, string[]>;

  beforeAll(async () => {
    // Outside the repository, so that a lint of it that runs meanwhile does not meet the planted files.
    folder = await mkdtemp(join(tmpdir(), 'slipway-house-rules-'));
    await cp(join(repository, 'oxlint.config.ts'), join(folder, 'oxlint.config.ts'));
    await writeFile(join(folder, 'tsconfig.json'), '{"compilerOptions":{"strict":true,"target":"es2024","types":[]}}');
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'no-rules.json'), '{"categories":{"correctness":"off"}}');
    for (const [file, source] of [...refused, ...allowed]) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), source);
    }
    broken = await lint(folder, 'oxlint.config.ts');
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(refused)('%s refuses %s', (file, _source, rule) => {
    expect(broken.get(file) ?? []).toContain(rule);
  });

  test.each(allowed)('%s allows %s', (file) => {
    expect(broken.get(file) ?? []).toEqual([]);
  });

  test('control: without the rules of the house, nothing planted is refused', async () => {
    expect(await lint(folder, 'no-rules.json')).toEqual(new Map());
  });
});
