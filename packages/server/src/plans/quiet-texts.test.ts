import type { Plan, QuietHours } from '@slipway/plan';
import { expect, test } from 'vitest';
import { quietTexts, waitTexts } from './quiet-texts.ts';

const NIGHT: QuietHours = {
  channels: ['mail', 'team'],
  zone: 'Europe/Paris',
  span: { days: null, from: 1_320, to: 420 },
};
const WEEKEND: QuietHours = { channels: ['team'], zone: 'UTC', span: { days: [6, 7], from: 0, to: 1_440 } };

const planWith = (...quiet: readonly QuietHours[]): Plan => ({
  launch: 'shop',
  title: 'Shop',
  artifact: { name: 'shop', version: '1.0.0', git: null },
  zone: 'Europe/Paris',
  t0: null,
  people: {},
  environments: {},
  metrics: {},
  channels: {},
  phases: [],
  steps: {},
  announcements: [],
  messages: { language: 'en', links: {}, words: {}, quiet },
});
const NOON = Date.parse('2026-11-24T11:00:00Z');
const MIDNIGHT = Date.parse('2026-11-24T23:00:00Z');

test.each([
  [['team'], ['team: 22:00-07:00 Europe/Paris', 'team: Sat, Sun 00:00-24:00 UTC']],
  [['mail', 'log'], ['mail: 22:00-07:00 Europe/Paris']],
  [['log'], []],
])('quiet hours of %j', (to, texts) => {
  expect(quietTexts(planWith(NIGHT, WEEKEND), to)).toEqual(texts);
});

test.each([
  ['at noon', NOON, []],
  ['at midnight', MIDNIGHT, ['in quiet hours of mail: waits until 2026-11-25 07:00']],
])('a message that is due %s', (_when, at, texts) => {
  expect(waitTexts(planWith(NIGHT), ['mail'], at)).toEqual(texts);
});

test('a plan without quiet hours has none', () => {
  const { messages: _messages, ...plan } = planWith();
  expect([quietTexts(plan, ['team']), waitTexts(plan, ['team'], MIDNIGHT)]).toEqual([[], []]);
});
