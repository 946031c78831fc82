import { type Entry, hashOf, moved, person, T0 } from './log.ts';
import { SHOP_PLAN } from './shop-plan.ts';

export const RELEASE_MANAGER = person('rm@shop.example');
export const SUPPORT_LEAD = person('sl@shop.example');

/** The proof of the task is the newest fact in front of the sign-off. */
const BASIS = { seq: 10, hash: hashOf(10) };

const gate: readonly Entry[] = [
  [
    0,
    {
      type: 'launch-started',
      launch: 'shop-checkout-1',
      plan: SHOP_PLAN,
      planDigest: 'sha256:5f1e',
      directory: 'examples/shop',
      t0: T0,
    },
    RELEASE_MANAGER,
  ],
  [0, { type: 'step-started', step: 'smoke' }],
  [0, { type: 'step-started', step: 'macros' }],
  ...moved('smoke:0', [0, 2], {
    summary: '2 of 2 pages answer',
    items: [
      { asked: 'GET /healthz', found: '200', expected: '200', verdict: 'pass' },
      { asked: 'GET /api/products?a|b', found: '200, 12 products', expected: '200 with <products>', verdict: 'pass' },
    ],
  }),
  [2, { type: 'step-passed', step: 'smoke', summary: '2 of 2 pages answer' }],
  [20, { type: 'task-done', step: 'macros', proof: 'https://help.shop.example/macros' }, SUPPORT_LEAD],
  [20, { type: 'move-done', step: 'macros', move: 0 }],
  [20, { type: 'step-passed', step: 'macros', summary: 'https://help.shop.example/macros' }],
  [20, { type: 'step-started', step: 'go-no-go' }],
  [
    30,
    {
      type: 'vote-cast',
      step: 'go-no-go',
      vote: 'go',
      roles: ['release-manager'],
      reason: 'green, and *calm*',
      basis: BASIS,
    },
    RELEASE_MANAGER,
  ],
  [
    40,
    { type: 'vote-cast', step: 'go-no-go', vote: 'go', roles: ['support-lead'], reason: '', basis: BASIS },
    SUPPORT_LEAD,
  ],
  [40, { type: 'move-done', step: 'go-no-go', move: 0 }],
  [40, { type: 'step-passed', step: 'go-no-go', summary: 'GO by rm@shop.example, GO by sl@shop.example' }],
];

const preparations: readonly Entry[] = [
  [40, { type: 'step-started', step: 'changelog' }],
  ...moved('changelog:0', [40, 41], { summary: 'exit 0' }),
  [41, { type: 'step-passed', step: 'changelog', summary: 'exit 0' }],
  [41, { type: 'step-started', step: 'mails' }],
  [50, { type: 'run-confirmed', step: 'mails' }, RELEASE_MANAGER],
  [50, { type: 'move-done', step: 'mails', move: 0 }],
  ...moved('mails:1', [50, 52], { summary: '40 mails sent' }),
  [52, { type: 'step-passed', step: 'mails', summary: '40 mails sent' }],
];

const canary: readonly Entry[] = [
  [52, { type: 'step-started', step: 'rollout-production' }],
  ...moved('rollout-production:0', [52, 52], { summary: 'production is ours' }),
  ...moved('rollout-production:1', [52, 53], {
    summary: '1.0.0 serves production',
    data: { kind: 'survey', current: '1.0.0' },
  }),
  ...moved('rollout-production:2', [53, 55], { summary: '2.1.0 is ready', touches: 'rollout-production' }),
  ...moved('rollout-production:3', [55, 55], { summary: '5 % on 2.1.0' }),
  [55, { type: 'effect-started', effect: 'rollout-production:4.0', attempt: 1, touches: null }],
];

/** From the start until the new version is watched at 5 % of the traffic. */
export const OPENING: readonly Entry[] = [...gate, ...preparations, ...canary];
