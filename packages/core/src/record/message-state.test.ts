import { describe, expect, test } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import type { Notice } from '../model/notice.ts';
import type { EffectState, Mode } from '../model/state.ts';
import { Flight } from '../testing/flight.ts';
import { done, failed, told } from '../testing/outcomes.ts';
import { planOf } from '../testing/plans.ts';
import { wait } from '../testing/steps.ts';
import { utcTime } from './iso-time.ts';
import { messageStateText } from './message-state.ts';
import { RECORD_WORDS } from './record-words.ts';

const NOTICE: Notice = {
  id: '~notice:1.0',
  step: null,
  moment: 'started',
  channel: 'team',
  message: { to: ['team'], title: 'T', text: 'T' },
  queuedAt: 0,
};
const settled = (outcome: Outcome): EffectState => ({ is: 'settled', attempt: 1, at: 0, seq: 2, outcome, note: null });
const FLOWN = new Flight(planOf([wait('long', { kind: 'elapsed', ms: 9e9 })])).launch;

/** In English and in French. `state`: of its delivery; another one waits that may take its place. */
function said(notice: Notice, state: EffectState | null, mode: Mode = { is: 'running' }): readonly string[] {
  const later = { ...NOTICE, id: '~notice:2.0', until: 60_000 };
  const effects = state === null ? {} : { [notice.id]: state };
  const launch = { ...FLOWN, mode, notices: { [notice.id]: notice, [later.id]: later }, effects };
  return [messageStateText(launch, notice, RECORD_WORDS.en), messageStateText(launch, notice, RECORD_WORDS.fr)];
}

test.each<readonly [string, Partial<Notice>, EffectState | null, string, string]>([
  ['has not left', {}, null, '–', '–'],
  [
    'waits',
    { until: 60_000 },
    null,
    `waits for the end of quiet hours, ${utcTime(60_000)}`,
    `attend la fin des heures calmes, ${utcTime(60_000)}`,
  ],
  ['waited and left', { until: 60_000 }, settled(told('abc')), 'done', 'fait'],
  [
    'waited in vain',
    { until: 60_000, replacedBy: '~notice:2.0' },
    null,
    'a later one was sent in its place',
    'un plus récent est parti à sa place',
  ],
  ['was said before', {}, settled(told('abc', 0)), 'said already, not sent again', 'déjà dit, non renvoyé'],
  ['left before words were kept', {}, settled(done()), 'done', 'fait'],
  ['failed', {}, settled(failed()), 'failed', 'échoué'],
  ['is on its way', {}, { is: 'started', attempt: 1, at: 0, note: null }, 'started', 'commencé'],
])('a message that %s says so', (_what, own, state, en, fr) => {
  expect(said({ ...NOTICE, ...own }, state)).toEqual([en, fr]);
});

describe('on a way back', () => {
  const unsent = ['not sent: the launch turned back', 'non envoyé : retour arrière décidé'];
  const retrying: EffectState = { is: 'retrying', attempt: 1, retryAt: 9, reason: 'it broke', note: null };
  const modes: readonly Mode[] = [
    { is: 'stopping', cause: { kind: 'abort', reason: 'enough' }, ending: 'scrubbed', stopBy: 1, turnedAt: 0 },
    { is: 'ended', as: 'rolled-back', cause: null, items: [], at: 1 },
    { is: 'ended', as: 'scrubbed', cause: null, items: [], at: 1 },
  ];

  test.each<readonly [string, Partial<Notice>, EffectState | null]>([
    ['waited for the end of quiet hours', { until: 60_000 }, null],
    ['waited, and whose try failed', { until: 60_000 }, retrying],
    ['is of a step', { step: 'news', moment: null }, null],
    ['asked for a GO', { moment: null, asks: { step: 'go', time: 0 } }, null],
    ['was replaced by one that is not sent', { until: 60_000, replacedBy: '~notice:2.0' }, null],
  ])('a message that %s is not sent', (_what, own, state) => {
    for (const mode of modes) expect(said({ ...NOTICE, ...own }, state, mode)).toEqual(unsent);
  });

  test('what the launch says of itself, and what left, stands as ever', () => {
    for (const mode of modes) {
      expect(said(NOTICE, null, mode)).toEqual(['–', '–']);
      expect(said({ ...NOTICE, until: 60_000 }, settled(done()), mode)).toEqual(['done', 'fait']);
    }
  });

  test('a launch that is complete, or held, has turned back nowhere', () => {
    const ended: Mode = { is: 'ended', as: 'completed', cause: null, items: [], at: 1 };
    for (const mode of [ended, { is: 'held', causes: [] } as const])
      expect(said({ ...NOTICE, until: 60_000 }, null, mode)[0]).toMatch(/^waits/);
  });
});
