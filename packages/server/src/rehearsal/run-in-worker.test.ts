import type { RehearsalOrder } from '@slipway/engine';
import { TerminalError } from '@slipway/provider-kit';
import { canonicalJson, createPlanLanguage, formatProblem, parsePlan } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { runInWorker } from './run-in-worker.ts';

const NOW = Date.UTC(2026, 10, 24, 9);
const PLAN = (undo: string): string => `launch: small
artifact: { name: app, version: 2.2.0 }
environments: { production: { tier: production, target: { process: { command: [node, app.ts] } } } }
phases:
  - phase: gate
    steps:
      - check: Rehearsed
        rehearsal: {}
  - phase: production
    steps:
      - run: Migrate
        command: [migrate]
        effect: executive
        environment: production
        verify: [migrate, --check]
        undo: ${undo}
      - wait: Something may still come
        for: 1m
`;
const never = new AbortController().signal;

function orderOf(text: string): RehearsalOrder {
  const parsed = parsePlan(text, { file: 'launch.yaml', language: createPlanLanguage(registry) });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  const planDigest = createHash('sha256').update(canonicalJson(parsed.plan)).digest('hex');
  return { plan: parsed.plan, planDigest, policy: null, now: NOW };
}

test('rehearses a plan that has itself rehearsed, digest for digest', async () => {
  const order = orderOf(PLAN('{ command: [migrate, down] }'));
  const found = await runInWorker(order, never);
  expect(found).toMatchObject({ planDigest: order.planDigest, ok: true, red: [], redCount: 0, neverExercised: 0 });
  expect(found.scenarios).toBeGreaterThan(5);
}, 60_000);

test('ends with the signal, even in the middle of a computation', async () => {
  const controller = new AbortController();
  const file = new URL('./testing/endless-worker.ts', import.meta.url);
  const running = runInWorker(orderOf(PLAN('{ none: gone }')), controller.signal, file);
  setTimeout(() => controller.abort(new Error('enough')), 50);
  await expect(running).rejects.toThrow('enough');
  await expect(runInWorker(orderOf(PLAN('{ none: gone }')), controller.signal)).rejects.toThrow('enough');
}, 60_000);

test.each([
  ['./testing/silent-worker.ts', 'the rehearsal ended without an answer'],
  ['./testing/no-such-worker.ts', 'the plan could not be rehearsed: '],
])(
  '%s is no answer',
  async (name, words) => {
    const running = runInWorker(orderOf(PLAN('{ none: gone }')), never, new URL(name, import.meta.url));
    const error: unknown = await running.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toContain(words);
  },
  60_000,
);
