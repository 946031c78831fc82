import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../digest.ts';
import type { Plan } from '../model/plan.ts';
import { planOf, problemsIn, withSteps } from '../testing/problems.ts';

const FILE = 'slipway.messages.yaml';
const given = (text: string) => ({ messages: { file: FILE, text } });

const told = (template: string, messages = ''): string =>
  `${withSteps(`- announce: Something\n  to: [team]\n  template: ${template}`)}${messages}`;

const messageOf = (plan: Plan) => {
  const step = plan.steps['something'];
  return step?.kind === 'announce' ? step.message : null;
};
const sentBy = (plan: string, team: string) => messageOf(planOf(plan, given(team)));
/** Problems keep the name of their file, where it is not the plan's. */
const problemsOf = (plan: string, team: string) =>
  problemsIn(plan, given(team)).map((line) => line.replace(/^.*yaml:/, 'T:'));

const OURS = 'templates: { go: { title: Ours, text: Of the team }, mine: { title: Mine, text: Of the team } }\n';

const ENDLESS = 'quiet: [{ to: [team], hours: 00:00-24:00 }]\n';

describe("a team's file of messages", () => {
  it.each([
    ['shipped words where nobody has others', 'rolled-back', '', { from: 'shipped' }],
    ["the team's before the shipped", 'go', '', { title: 'Ours', from: 'team' }],
    ["the team's own", 'mine', '', { title: 'Mine', text: 'Of the team', from: 'team' }],
    [
      "the plan's before the team's",
      'go',
      'messages: { templates: { go: { title: Plan, text: Of the plan } } }',
      { to: ['team'], title: 'Plan', text: 'Of the plan' },
    ],
  ])('gives %s', (_what, template, messages, sent) => {
    const message = sentBy(told(template, messages), OURS);
    expect(message).toMatchObject(sent);
    expect(message?.from).toBe('from' in sent ? sent.from : undefined);
  });

  it('is merged key by key, and links and words name by name', () => {
    const team = 'language: fr\ndedup: 2h\nlinks: { issue: "https://t.example/1" }\nwords: { summary: T, place: T }\n';
    const { messages } = planOf(told('go', 'messages: { words: { summary: P } }'), given(team));
    expect(messages).toEqual({
      language: 'fr',
      links: { issue: 'https://t.example/1' },
      words: { summary: 'P', place: 'T' },
      dedup: 7_200_000,
    });
  });

  it.each([
    ['language: en', 'en'],
    ['words: {}', 'fr'],
  ])('gives way to what the plan writes, and to no default: { %s }', (written, language) => {
    expect(planOf(told('go', `messages: { ${written} }`), given('language: fr')).messages?.language).toBe(language);
  });

  it('is part of what the digest of a plan covers, where the plan uses it', () => {
    const digests = ['Ours', 'Theirs'].map((title) =>
      canonicalJson(planOf(told('go'), given(OURS.replace('Ours', title)))),
    );
    expect(digests[0]).not.toBe(digests[1]);
  });

  it('may speak of channels that this plan does not have', () => {
    const quiet = 'quiet: [{ to: [team, elsewhere], hours: 22:00-07:00 }, { to: [elsewhere], hours: 22:00-07:00 }]';
    expect(planOf(told('go'), given(quiet)).messages?.quiet).toEqual([
      { channels: ['team'], zone: 'UTC', span: { days: null, from: 1_320, to: 420 } },
    ]);
  });

  it.each([
    ['a key that is none', 'languages: fr', /^T:1:1: .*languages.*language/],
    ['a wrong value', 'words: {}\nlanguage: de', /^T:2:11: .*language/],
    ['no map', '- go', /^T:1:1: a file of messages is a map of keys and values/],
    ['nothing in it', '', /^T:1:1: a file of messages is a map/],
    ['broken syntax', 'words: { a', /^T:1:/],
    ['the same key twice', 'words: {}\nwords: {}', /^T:2:1: "words" is given twice/],
    ['a template that does not parse', "templates:\n  other:\n    title: T\n    text: '{{ facts.state'", /^T:4:1\d: /],
    [
      'quiet hours that never end',
      'words: {}\nquiet:\n  - { to: [elsewhere, team], hours: 00:00-24:00 }',
      /^T:3:3: .*the quiet hours of "team" never end/,
    ],
    [
      'an unknown variable in a template in use',
      "templates:\n  go: { title: T, text: '{{ words.mood }}' }",
      /^T:2:29: .*words\.mood/,
    ],
  ])('with %s is refused, by line and column', (_what, team, problem) => {
    expect(problemsOf(told('go'), team)).toContainEqual(expect.stringMatching(problem));
  });

  it.each([
    ['that the plan does not use may read words of other plans', 'rolled-back', ''],
    ['may read words of the plan', 'go', 'messages: { words: { mood: good } }'],
    ['beside quiet hours of others that never end', 'rolled-back', '', ENDLESS.replace('team', 'elsewhere')],
    [
      'beside quiet hours that never end, and are not those of the plan',
      'rolled-back',
      'messages: { quiet: [{ to: [team], hours: 22:00-07:00 }] }',
      ENDLESS,
    ],
    ['that the plan has itself is not looked at', 'go', 'messages: { templates: { go: { title: T, text: T } } }'],
  ])('with a template %s is right', (_what, template, messages, more = '') => {
    const team = `templates:\n  go: { title: T, text: '{{ words.mood }}' }\n${more}`;
    expect(problemsOf(told(template, messages), team)).toEqual([]);
  });

  it('with quiet hours that never end says so once, whatever the plan writes besides', () => {
    const problems = problemsOf(told('go', 'messages: { words: { mood: good } }'), ENDLESS);
    expect(problems).toEqual([expect.stringMatching(/^T:1:8: .*never end/)]);
  });

  it('does not hide what is wrong with the plan, nor is hidden by it', () => {
    const problems = problemsOf(told('nothing'), 'language: de');
    expect(problems).toEqual([
      expect.stringMatching(/^T:1:11: /),
      expect.stringMatching(/there is no message "nothing"/),
    ]);
  });

  it('says no more than a plan may', () => {
    const many = Array.from({ length: 500 }, (_, at) => `k${at}: 1`).join('\n');
    expect(problemsOf(told('nothing'), many).length).toBeLessThanOrEqual(200);
  });
});
