import { expect, test } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import type { EffectState, Notice } from '../model/state.ts';
import { done, failed, told } from '../testing/outcomes.ts';
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
  const notice = { ...NOTICE, ...own };
  expect([messageStateText(notice, state, RECORD_WORDS.en), messageStateText(notice, state, RECORD_WORDS.fr)]).toEqual([
    en,
    fr,
  ]);
});
