import { describe, expect, test } from 'vitest';

import { planOf, problemsIn, withSteps } from '../testing/problems.ts';

const announced = (keys: string): string => withSteps(`- announce: Something\n  to: [team]\n  ${keys}`);
const at = (rest: string): string =>
  `${withSteps('- { wait: A, for: 1m }')}announcements: [{ on: started, to: [team]${rest} }]\n`;

describe('a message', () => {
  test.each([
    [
      'of a step without words',
      announced(''),
      /this message has no text, expected text, or template with the name of a message$/,
    ],
    [
      'of a step with two',
      announced('template: go\n  text: GO'),
      /this message has a template and a text, expected one of them$/,
    ],
    ['of a moment without words', at(''), /this message has no title/],
    ['of a moment without a text', at(', title: T'), /this message has no text/],
    ['of a moment with two', at(', template: go, title: T'), /this message has a template and a title/],
    [
      'of a name that is not there',
      announced('template: rolled-bakc'),
      /there is no message "rolled-bakc", did you mean "rolled-back"\?$/,
    ],
    ['of a prototype', announced('template: constructor'), /there is no message "constructor"/],
  ])('%s is refused', (_what, text, problem) => {
    expect(problemsIn(text)).toContainEqual(expect.stringMatching(problem));
  });

  test.each([
    ['shipped', announced('template: go')],
    [
      "the team's own",
      `${announced('template: mine')}messages: { templates: { mine: { title: T, text: '{{ words.mood }}' } }, words: { mood: good } }\n`,
    ],
    ['of a moment', at(', template: deployment-started')],
  ])('%s is right', (_what, text) => {
    expect(problemsIn(text)).toEqual([]);
  });

  test.each([
    [
      '{ templates: { mine: { title: T, text: "{{ words.moood }}" } }, words: { mood: good } }',
      'did you mean "words.mood"?',
    ],
    ['{ links: { issue: "ftp://x" } }', 'expected an address such as https://status.example'],
    ['{ language: de }', '"language" is "de"'],
    ['{ langage: fr }', 'did you mean "language"?'],
  ])('messages: %s is refused', (messages, problem) => {
    expect(problemsIn(`${announced('text: T')}messages: ${messages}\n`)).toEqual([expect.stringContaining(problem)]);
  });
});

test('a named message comes in the language of the plan, its own words before the shipped ones', () => {
  const text = (messages: string): unknown => {
    const [step] = Object.values(planOf(`${announced('template: go')}messages: ${messages}\n`).steps);
    return step?.kind === 'announce' ? step.message : null;
  };
  expect(text('{ language: fr }')).toMatchObject({ title: 'GO : {{ launch.title }}', to: ['team'] });
  expect(text('{ language: en }')).toMatchObject({ title: 'GO: {{ launch.title }}' });
  expect(text('{ language: fr, templates: { go: { title: OK, text: Allez } } }')).toEqual({
    title: 'OK',
    text: 'Allez',
    to: ['team'],
  });
});

describe('an audience', () => {
  const with2 = (rest: string): string =>
    `${announced('text: T').replace('channels: {', 'channels: { mail: { console: {} },').replace('[team]', '[all, team]')}${rest}\n`;

  test('stands for its channels, each of which is told once', () => {
    const plan = planOf(with2('audiences: { all: [mail, team] }\npage: { to: [all] }'));
    const [step] = Object.values(plan.steps);
    expect(step?.kind === 'announce' && step.message.to).toEqual(['mail', 'team']);
    expect(plan.page?.to).toEqual(['mail', 'team']);
  });

  test.each([
    ['audiences: { all: [mial] }', 'there is no channel "mial", did you mean "mail"?'],
    ['audiences: { all: [team], both: [all] }', 'there is no channel "all"'],
    ['audiences: { all: [team], team: [mail] }', '"team" is the name of a channel as well, expected a name of its own'],
    ['audiences: { all: [team, team] }', '"team" is listed twice'],
  ])('%s is refused', (rest, problem) => {
    expect(problemsIn(with2(rest))).toContainEqual(expect.stringContaining(problem));
  });
});

describe('what was said of production', () => {
  const LIVE = `${withSteps('- deploy: production\n- announce: Live\n  about: production\n  to: [team]\n  text: It is live')}`;
  const back = 'announcements: [{ on: rolled-back, to: [team], template: rolled-back }]\n';

  test('is taken back after a rollback, or the plan is warned', () => {
    expect(problemsIn(LIVE)).toEqual([
      expect.stringContaining(
        'warning: nobody tells team when this is no longer true, expected an announcement on rolled-back',
      ),
    ]);
    expect(problemsIn(`${LIVE}${back}`)).toEqual([]);
  });
});
