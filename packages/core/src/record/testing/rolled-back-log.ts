import type { Verdict } from '../../model/verdict.ts';
import type { UndoItem } from '../../program/way-back.ts';
import { effect, type Entry, logOf, settled, T0, verdict } from './log.ts';
import { OPENING, RELEASE_MANAGER } from './opening.ts';

const FAILED: Verdict = verdict({
  decision: 'fail',
  culprit: 'errors',
  sentence: 'errors: 31 % on 2.1.0 against 0.2 % on 1.0.0 after 62 requests',
  sentences: {
    en: 'errors: 31 % on 2.1.0 against 0.2 % on 1.0.0 after 62 requests',
    fr: 'errors : 31 % sur 2.1.0 contre 0,2 % sur 1.0.0 après 62 requêtes',
  },
  compared: { harm: Math.log(4321), threshold: Math.log(100), harmless: -9, looks: 5, metrics: [] },
  findings: [
    { condition: 'errors.new <= errors.old * 1.5', holds: 'no', values: { errors: { new: 19 / 62, old: 0.002 } } },
  ],
  samples: 62,
  exposure: 62,
  firstBadAt: T0 + 66_200,
  from: T0 + 55_000,
  to: T0 + 70_000,
});

const timeout = 300_000;
const where = { environment: 'production' };

function undo(step: string, work: Extract<UndoItem['undo'], { kind: 'effect' }>['work']): UndoItem {
  return { step, undo: { kind: 'effect', work, timeout } };
}

const REMOVE = { argv: ['node', 'add-changelog.ts', '2.1.0', '--remove'], directory: '.', env: {}, timeout };

export const WAY_BACK: readonly UndoItem[] = [
  undo('rollout-production', { kind: 'shift', ...where, weights: { '1.0.0': 100 } }),
  undo('rollout-production', { kind: 'stop', ...where, version: '2.1.0' }),
  undo('rollout-production', { kind: 'confirm-back', ...where, version: '1.0.0' }),
  { step: 'mails', undo: { kind: 'none', because: 'a mail cannot be unsent' } },
  undo('changelog', { kind: 'command', command: REMOVE, verify: null, idempotent: false }),
];

/** Held over lunch and resumed; then the judge fails the new version. */
export const FAILURE: readonly Entry[] = [
  [60, { type: 'held', cause: { kind: 'person', reason: 'the team is at lunch' } }, RELEASE_MANAGER],
  [64, { type: 'resumed' }, RELEASE_MANAGER],
  settled(70, 'rollout-production:4.0', {
    summary: FAILED.sentence,
    data: { kind: 'verdict', verdict: FAILED },
  }),
  [70, { type: 'step-failed', step: 'rollout-production', reason: FAILED.sentence }],
  [
    70,
    {
      type: 'turning-back',
      cause: { kind: 'verdict', step: 'rollout-production', verdict: FAILED },
      ending: 'rolled-back',
      stopBy: T0 + 80_000,
    },
  ],
  [
    70,
    {
      type: 'notice-queued',
      notice: '~notice:50.0',
      step: null,
      moment: 'turning-back',
      channel: 'team',
      message: { to: ['team'], title: 'Going back', text: 'We go back to the old version.' },
    },
  ],
  [70, { type: 'way-back-planned', items: WAY_BACK }],
];

const back: readonly Entry[] = [
  ...effect('~undo:0.0', [70, 71.4], { summary: '100 % on 1.0.0' }),
  ...effect('~notice:50.0', [70, 72], {
    summary: 'written to the console',
    items: [{ asked: 'channel team', found: 'accepted', expected: 'accepted', verdict: 'pass' }],
  }),
  ...effect('~undo:1.0', [71.4, 73], { summary: '2.1.0 is stopped' }),
  ...effect('~undo:2.0', [73, 73.5], {
    summary: '1.0.0 serves production alone',
    items: [{ asked: 'versions with traffic', found: '1.0.0', expected: '1.0.0', verdict: 'pass' }],
  }),
  ...effect('~undo:4.0', [73.5, 74], { summary: 'exit 0' }),
  [74, { type: 'launch-ended', as: 'rolled-back' }],
];

/** The errors were seen at 5 %, and everything was taken back but the mails. */
export const ROLLED_BACK = logOf([...OPENING, ...FAILURE, ...back]);
