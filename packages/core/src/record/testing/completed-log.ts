import type { Verdict } from '../../model/verdict.ts';
import { effect, type Entry, logOf, settled, T0, verdict } from './log.ts';
import { OPENING, RELEASE_MANAGER } from './opening.ts';

const THIN: Verdict = verdict({
  decision: 'insufficient-data',
  sentence: 'not enough to judge on: 2.1.0 answered 31 of the 50 needed for errors',
  findings: [
    { condition: 'errors.new <= errors.old * 1.5', holds: 'unknown', values: { errors: { new: 0, old: 0.002 } } },
  ],
  samples: 31,
  exposure: 31,
  from: T0 + 55_000,
  to: T0 + 85_000,
});

const WHOLE: Verdict = verdict({
  sentence: 'every condition holds: errors 0.1 % on 2.1.0 against 0.2 % on 1.0.0 after 1,000 requests',
  findings: [
    {
      condition: 'errors.new <= errors.old * 1.5',
      holds: 'yes',
      values: { errors: { new: 0.001, old: 0.002 }, latency: { new: 81.2, old: null } },
    },
  ],
  samples: 1000,
  exposure: 1031,
  firstBadAt: T0 + 120_000,
  from: T0 + 95_000,
  to: T0 + 155_000,
});

/** Too few requests to judge on: a person waives that verdict. */
const waived: readonly Entry[] = [
  settled(85, 'rollout-production:4.0', { summary: THIN.sentence, data: { kind: 'verdict', verdict: THIN } }),
  [
    85,
    {
      type: 'held',
      cause: {
        kind: 'verdict',
        step: 'rollout-production',
        decision: 'insufficient-data',
        sentence: THIN.sentence,
      },
    },
  ],
  [85, { type: 'watch-started', step: 'rollout-production', mode: 'watch' }],
  [85, { type: 'effect-started', effect: 'rollout-production:4.1', attempt: 1, touches: null }],
  [
    94,
    { type: 'verdict-waived', step: 'rollout-production', reason: 'it is a quiet hour <at night>' },
    RELEASE_MANAGER,
  ],
  [94, { type: 'move-done', step: 'rollout-production', move: 4 }],
];

const whole: readonly Entry[] = [
  [95, { type: 'effect-started', effect: 'rollout-production:5.1', attempt: 1, touches: null }],
  settled(95, 'rollout-production:5.1', { summary: '100 % on 2.1.0' }),
  [95, { type: 'move-done', step: 'rollout-production', move: 5 }],
  ...effect('rollout-production:6.1', [95, 155], {
    summary: WHOLE.sentence,
    data: { kind: 'verdict', verdict: WHOLE },
  }),
  [155, { type: 'move-done', step: 'rollout-production', move: 6 }],
  ...effect('rollout-production:7.1', [155, 156], { summary: '1.0.0 is stopped' }),
  [156, { type: 'move-done', step: 'rollout-production', move: 7 }],
  [156, { type: 'environment-verified', environment: 'production', version: '2.1.0' }],
  [156, { type: 'step-passed', step: 'rollout-production', summary: '2.1.0 serves production' }],
];

const told: readonly Entry[] = [
  [156, { type: 'step-started', step: 'go-live' }],
  [
    156,
    {
      type: 'notice-queued',
      notice: '~notice:70.0',
      step: 'go-live',
      moment: null,
      channel: 'customers',
      message: {
        to: ['customers'],
        title: '{{ artifact.name }} {{ artifact.version }} is live',
        text: 'One click, and it is yours.',
      },
    },
  ],
  ...effect('~notice:70.0', [156, 157], {
    summary: 'told customers: shop 2.1.0 is live',
    items: [{ asked: 'channel customers', found: 'accepted', expected: 'accepted', verdict: 'pass' }],
  }),
  [157, { type: 'move-done', step: 'go-live', move: 0 }],
  [157, { type: 'step-passed', step: 'go-live', summary: 'done' }],
  [157, { type: 'launch-ended', as: 'completed' }],
  [
    157,
    {
      type: 'notice-queued',
      notice: '~notice:75.0',
      step: null,
      moment: 'completed',
      channel: 'team',
      message: { to: ['team'], title: '{{ launch.title }}: done', text: 'It is live.' },
    },
  ],
  [157, { type: 'effect-started', effect: '~notice:75.0', attempt: 1, touches: null }],
  [
    158,
    {
      type: 'effect-settled',
      retryAt: null,
      effect: '~notice:75.0',
      attempt: 1,
      outcome: {
        result: 'failed',
        reason: 'the channel is closed',
        retryable: false,
        retryAfter: null,
        evidence: null,
      },
    },
  ],
];

/** A quiet hour, a waiver, and 2.1.0 serves everybody. The last message was lost. */
export const COMPLETED = logOf([...OPENING, ...waived, ...whole, ...told]);
