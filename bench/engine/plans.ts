import { createHash } from 'node:crypto';
import { canonicalJson, createPlanLanguage, formatProblem, parsePlan } from '@slipway/plan';
import type { StartOrder } from '@slipway/engine';
import { registry } from '@slipway/providers';

const HEAD = 'artifact: { name: bench, version: 1.0.0 }\n';

/** Steps one after the other, each a command that nobody runs: the bench's handler takes it for done. */
export function stepsPlan(steps: number): string {
  const lines = Array.from(
    { length: steps },
    (_, index) => `      - { run: Step ${index}, command: ['true'], effect: read-only }`,
  );
  return `launch: steps\n${HEAD}phases:\n  - phase: steps\n    steps:\n${lines.join('\n')}\n`;
}

/** Watches production for a day, with a look every so often. */
export function soakPlan(every: string): string {
  return `launch: soak
${HEAD}environments:
  production: { tier: production, target: { process: { command: ['true'] } }, router: { builtin: { listen: 0 } } }
metrics: { errors: { from: router, ratio: server-errors } }
phases:
  - phase: soak
    steps:
      - { soak: production, for: 1d, every: ${every}, while: ['errors.new < 0.01'], min-samples: 0 }
`;
}

/** Waits, and is over. */
export function waitPlan(milliseconds: number): string {
  return `launch: wait\n${HEAD}phases:\n  - phase: wait\n    steps:\n      - { wait: A while, for: ${milliseconds}ms }\n`;
}

/** The plan, read as the server reads it. Throws where the bench wrote a wrong one. */
export function startOrder(text: string): StartOrder {
  const parsed = parsePlan(text, { file: 'launch.yaml', language: createPlanLanguage(registry) });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  const planDigest = createHash('sha256').update(canonicalJson(parsed.plan)).digest('hex');
  return { plan: parsed.plan, planDigest, directory: '/', actor: { kind: 'person', id: 'bench@example.com' } };
}
