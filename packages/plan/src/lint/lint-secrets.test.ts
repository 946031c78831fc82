import { expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

/** Made up, and cut in two, so that no scanner takes them for real ones. */
const TOKEN = `ghp${'_'}abcdefghijklmnopqrstuvwxyz`;
const ADDRESS = `postgres:${'//'}user:hunter2@db/shop`;

const run = (keys: string): string => `- run: A\n  command: [a]\n  effect: executive\n  ${keys}`;
const none = 'undo: { none: gone }';
const warning = (at: string, what: string, expected: string): string =>
  `${at}: warning: ${what} looks like a secret, and a plan is read by many, expected ${expected}`;
const inEnv = 'the command to read it from a variable under "env", such as { env: NAME }';

test.each([
  [`env: { API_TOKEN: abc }\n  ${none}`, warning('16:27', 'the value of API_TOKEN', '{ env: API_TOKEN }')],
  [`env: { HOOK: ${TOKEN} }\n  ${none}`, warning('16:22', 'the value of HOOK', '{ env: HOOK }')],
  [`env: { DB: "${ADDRESS}" }\n  ${none}`, warning('16:20', 'the value of DB', '{ env: DB }')],
  [`undo: { command: [b], env: { X: ${TOKEN} } }`, warning('16:41', 'the value of X', '{ env: X }')],
  [`verify: [b, ${TOKEN}]\n  ${none}`, warning('16:21', 'item 2 of "verify"', inEnv)],
  [`verify: [b, --token=${TOKEN}]\n  ${none}`, warning('16:21', 'item 2 of "verify"', inEnv)],
  [`verify: [b, "Authorization: Bearer ${TOKEN}"]\n  ${none}`, warning('16:21', 'item 2 of "verify"', inEnv)],
  [`undo: { command: [psql, "${ADDRESS}"] }`, warning('16:33', 'item 2 of "command"', inEnv)],
])('%s', (keys, problem) => {
  expect(problemsIn(withSteps(run(keys)))).toEqual([problem]);
  expect(problem).not.toContain(TOKEN);
});

test.each([
  `env: { API_TOKEN: { env: API_TOKEN }, NODE_ENV: production, EMPTY_TOKEN: "" }\n  ${none}`,
  `env: { REGION: ASIA, LANG: sk_SK, MODE: npm_ci }\n  ${none}`,
  `verify: [npm, run, "--", --version=1.0.0, "https://shop.example/a:b@c", "postgres://db/shop"]\n  ${none}`,
])('%s is right', (keys) => {
  expect(problemsIn(withSteps(run(keys)))).toEqual([]);
});

test('the command itself', () => {
  const step = `- run: A\n  command: [a, ${TOKEN}]\n  effect: read-only`;
  expect(problemsIn(withSteps(step))).toEqual([warning('14:22', 'item 2 of "command"', inEnv)]);
});
