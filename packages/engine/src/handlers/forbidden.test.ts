import type { EffectWork, LaunchPolicy } from '@slipway/core';
import type { PlanJson } from '@slipway/plan';
import { TerminalError } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FAKE_PLAN, sampleContext } from '../testing/sample-context.ts';
import { accessTo, startedLaunch } from '../testing/sample-launch.ts';
import { checkHandler } from './check.ts';
import { commandHandler } from './command.ts';
import type { EffectContext } from './handler.ts';

const POLICY: LaunchPolicy = {
  digest: 'rules',
  rules: {
    people: {},
    signoffs: {},
    waivers: { secondPerson: null, longest: null, never: [] },
    forbidCommands: ['terraform destroy'],
  },
};

/** Whether the command was run; `effect`: as which. */
async function ran(argv: readonly string[], { effect, policy }: { effect: string; policy: LaunchPolicy | null }) {
  const calls: unknown[] = [];
  const command = {
    kind: 'action' as const,
    name: 'command',
    schema: z.unknown(),
    needs: [],
    run: async (config: unknown) => {
      calls.push(config);
      return { summary: 'done', items: [] };
    },
    verify: async () => ({ done: 'no' as const }),
    idempotent: () => false,
  };
  const work: EffectWork = {
    kind: 'command',
    command: { argv, directory: '.', env: {}, timeout: 1_000 },
    verify: null,
    idempotent: false,
  };
  const launch = { ...startedLaunch(FAKE_PLAN), policy };
  const context: EffectContext = sampleContext(work, { launch });
  const named = { ...context, effect: { ...context.effect, id: effect } };
  const error: unknown = await commandHandler(accessTo({ actions: { command } }))
    .run(work, named)
    .then(
      () => null,
      (reason: unknown) => reason,
    );
  return { calls: calls.length, error };
}

const FORCE = ['git', 'push', '--force', 'origin', 'main'];

test.each([
  ['what no launch runs', FORCE, null, /it overwrites main/],
  ['what the policy of the launch forbids', ['terraform', 'destroy'], POLICY, /forbids "terraform destroy"/],
])('is not run: %s', async (_name, argv, policy, why) => {
  const { calls, error } = await ran(argv, { effect: 'a:2.0', policy });
  expect(calls).toBe(0);
  expect(error).toBeInstanceOf(TerminalError);
  expect(String(error)).toMatch(why);
});

test.each([
  ['what another policy forbids', ['terraform', 'destroy'], 'a:2.0', null],
  ['a way back, whatever it is', FORCE, '~undo:0.0', POLICY],
])('is run: %s', async (_name, argv, effect, policy) => {
  expect(await ran(argv, { effect, policy })).toEqual({ calls: 1, error: null });
});

/** Whether a check was asked whose configuration is this one. */
async function asked(config: PlanJson): Promise<string> {
  let calls = 0;
  const check = {
    kind: 'check' as const,
    name: 'any',
    schema: z.unknown(),
    needs: [],
    run: async () => {
      calls += 1;
      return { verdict: 'pass' as const, evidence: { summary: 'done', items: [] } };
    },
  };
  const work: EffectWork = { kind: 'check', check: { provider: 'any', config } };
  const context = sampleContext(work, { launch: { ...startedLaunch(FAKE_PLAN), policy: POLICY } });
  const named = { ...context, effect: { ...context.effect, id: 'a:0.0' } };
  return await checkHandler(accessTo({ checks: { any: check } }))
    .run(work, named)
    .then(
      () => `${calls} calls`,
      (error: unknown) => `${calls} calls: ${String(error)}`,
    );
}

test.each([
  [{ argv: ['git', 'status'] }, /^1 calls$/],
  [{ file: 'a', tables: ['git', 'push', '--force'] }, /^1 calls$/],
  [{ argv: FORCE }, /^0 calls: TerminalError: .*it overwrites main/],
  [{ run: ['terraform', 'destroy'] }, /^0 calls: TerminalError: .*forbids "terraform destroy"/],
  [{ components: [{ staging: { command: { argv: FORCE } }, production: 1 }] }, /^0 calls/],
  [{ command: { argv: ['git', 'push'], env: { HUSKY: '0' } } }, /^0 calls: TerminalError: .*HUSKY switches guards off/],
])('a check that runs %j', async (config, outcome) => {
  expect(await asked(config)).toMatch(outcome);
});
