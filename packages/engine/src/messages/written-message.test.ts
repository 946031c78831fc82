import type { Launch, Notice } from '@slipway/core';
import type { MessageSpec } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import { samplePlan, startedLaunch } from '../testing/sample-launch.ts';
import { writtenMessage } from './written-message.ts';

const ID = '~notice:1.0';
const SPEC: MessageSpec = { to: ['team'], title: ' {{ artifact.name }} ', text: 'On its way.\n' };

function launchWith(own: Partial<Notice> = {}, language: 'en' | 'fr' = 'en'): Launch {
  const notice: Notice = { id: ID, step: null, moment: 'started', channel: 'team', message: SPEC, queuedAt: 0, ...own };
  const launch = startedLaunch(samplePlan());
  const messages = { language, links: {}, words: {} };
  return { ...launch, plan: { ...launch.plan, zone: 'Europe/Paris', messages }, notices: { [ID]: notice } };
}

const sending = (mentions = false) => ({ id: 'id', notice: ID, now: 0, mentions });
const textOf = (launch: Launch, spec = SPEC, mentions = false): string =>
  writtenMessage(launch, spec, sending(mentions)).message.text;

describe('a message as it leaves', () => {
  test('says what its templates say, without white space around', () => {
    const { message } = writtenMessage(launchWith(), SPEC, sending());
    expect(message).toMatchObject({ id: 'id', title: 'shop', text: 'On its way.' });
  });

  test.each([
    [{}, 'en', 'On its way.'],
    [{ standsFor: 1 }, 'en', 'On its way.'],
    [
      { standsFor: 9 },
      'en',
      'On its way.\n\nThis message stands for 9: they waited for the end of the quiet hours, and only the latest, of 1970-01-01 01:00, was sent.',
    ],
    [
      { standsFor: 9 },
      'fr',
      'On its way.\n\nCe message en remplace 9 : ils attendaient la fin des heures calmes, et seul le dernier, de 1970-01-01 01:00, est envoyé.',
    ],
  ] as const)('says how many it stands for: %j in %s', (own, language, text) => {
    expect(textOf(launchWith(own, language))).toBe(text);
  });

  test('names whom it mentions where the channel calls nobody itself, and leaves it to one that does', () => {
    const spec = { ...SPEC, mention: ['florian', 'devops'] };
    expect(textOf(launchWith(), spec)).toBe('@florian @devops\n\nOn its way.');
    expect(textOf(launchWith(), spec, true)).toBe('On its way.');
    expect(writtenMessage(launchWith(), spec, sending(true)).message.mention).toEqual(['florian', 'devops']);
  });

  test.each([
    ['another text', { ...SPEC, text: 'Gone.' }, false],
    ['another title', { ...SPEC, title: 'Shop' }, false],
    ['others who are called', { ...SPEC, mention: ['florian'] }, false],
    ['other white space around', { ...SPEC, text: 'On its way.' }, true],
  ])('with %s has other words: the same is %j', (_what, spec, same) => {
    const wordsOf = (each: MessageSpec): string => writtenMessage(launchWith(), each, sending()).words;
    expect(wordsOf(spec) === wordsOf(SPEC)).toBe(same);
  });

  test('has the same words whether it stands for others or not', () => {
    const words = writtenMessage(launchWith({ standsFor: 3 }), SPEC, sending()).words;
    expect(words).toBe(writtenMessage(launchWith(), SPEC, sending()).words);
  });

  test('is an error that no retry mends where a template cannot be rendered', () => {
    expect(() => textOf(launchWith(), { ...SPEC, text: '{{ nobody }}' })).toThrow(/cannot be written/);
  });
});
