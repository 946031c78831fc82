import { createHash } from 'node:crypto';

/** The plans that are flown. */
export const PLAN_NAMES = [
  'there',
  'back',
  'outlived',
  'called-off',
  'served',
  'unserved',
  'ramped',
  'unramped',
] as const;
export type PlanName = (typeof PLAN_NAMES)[number];
/** `standing`: puts the version there from which traffic is moved away. Flown in peace before the plan that dies. */
export type FlownName = PlanName | 'standing';

/** Whether people come through a router while it flies. */
export function isVisited(plan: PlanName): boolean {
  return plan === 'ramped' || plan === 'unramped';
}

export const PERSON = 'captain@example.com';
export const PHRASE = 'change the world';
/** In the middle of this step of `called-off` a person wants everything back. */
export const CALLED_OFF_AT = 'regretted';

interface Run {
  readonly step: string;
  readonly verb?: 'do' | 'outlive';
  readonly verify?: boolean;
  readonly extra?: string;
}

function run({ step, verb = 'do', verify = true, extra = '' }: Run): string {
  const verified = verify ? `, verify: [sh, world.sh, was-done, ${step}]` : '';
  const undo = `undo: { command: [sh, world.sh, undo, ${step}] }`;
  return `{ run: ${step}, command: [sh, world.sh, ${verb}, ${step}], effect: executive, ${undo}${verified}${extra} }`;
}

const head = (version: string): string => `artifact: { name: world, version: ${version} }
people: { captain: [${PERSON}] }
channels: { team: { file: { path: messages.md } } }
`;
const HEAD = head('1.0.0');

const TOLD = (...moments: readonly string[]): string =>
  `announcements: [${moments.map((on) => `{ on: ${on}, to: [team], title: ${on}, text: ${on} }`).join(', ')}]\n`;

const phase = (name: string, ...steps: readonly string[]): string =>
  `  - phase: ${name}\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`;

const CHANGES = phase(
  'change',
  run({ step: 'first' }),
  run({ step: 'beside', extra: ', needs: []' }),
  run({ step: 'blind', verify: false, extra: `, needs: [first, beside], confirm: ${PHRASE}` }),
);

const FAILING_CHECK = "{ check: The world is better, command: { argv: ['false'] }, attempts: 1, on-fail: rollback }";
const SERVES = `environments: { production: { tier: production, target: { process: { command: [node, app.mjs], drain: 1s } } } }\n`;

/** The port is the world's. */
const ROUTED = `environments: { production: { tier: production, target: { process: { command: [node, app.mjs], drain: 1s } }, router: { builtin: { listen: PORT } } } }
metrics: { errors: { from: router, ratio: server-errors } }
`;
const RAMP = `{ rollout: production, strategy: canary, while: ['errors.new < 0.5'], min-samples: 5, every: 100ms, steps: [{ weight: 50, hold: 300ms }, { weight: 100, hold: 300ms }] }`;

const PLANS: Readonly<Record<FlownName, string>> = {
  there: `${HEAD}${TOLD('started', 'completed')}phases:
${phase('gate', '{ check: The world is there, command: { argv: [test, -f, world.sh] } }', '{ signoff: go, by: { captain: 1 } }')}${CHANGES}${phase(
    'tell',
    '{ wait: A moment, for: 20ms }',
    '{ announce: It is done, to: [team], text: done }',
  )}`,
  back: `${HEAD}${TOLD('turning-back', 'rolled-back')}phases:
${CHANGES}${phase('look', FAILING_CHECK)}`,
  outlived: `${HEAD}phases:
${phase('change', run({ step: 'first', verb: 'outlive' }), run({ step: 'blind', verb: 'outlive', verify: false, extra: ', needs: []' }))}`,
  'called-off': `${HEAD}${TOLD('rolled-back')}phases:
${phase('change', run({ step: 'first' }), run({ step: CALLED_OFF_AT, verb: 'outlive' }), run({ step: 'never' }))}`,
  served: `${HEAD}${SERVES}phases:
${phase('serve', '{ deploy: production }')}`,
  unserved: `${HEAD}${SERVES}phases:
${phase('serve', '{ deploy: production }', FAILING_CHECK)}`,
  standing: `${head('0.9.0')}${ROUTED}phases:
${phase('serve', '{ deploy: production }')}`,
  ramped: `${HEAD}${ROUTED}phases:
${phase('ramp', RAMP)}`,
  unramped: `${HEAD}${ROUTED}phases:
${phase('ramp', RAMP, FAILING_CHECK)}`,
};

/** Where a plan's versions run, as providers call it. */
export const PLACE = 'world.production';

/**
 * The plan's name in this folder. Commands are found again by the ids of their effects, on the whole machine: two flights side by
 * side must not share one.
 */
export function launchName(name: FlownName, folder: string): string {
  const own = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return `${name}-in-${own}`;
}

/** The plan by its name in this folder. `port`: of its router, where it has one. */
export function planText(
  name: FlownName,
  { folder, port }: { readonly folder: string; readonly port: number },
): string {
  return `launch: ${launchName(name, folder)}\n${PLANS[name].replace('PORT', String(port))}`;
}
