import { describe, expect, it } from 'vitest';
import { planOf, problemsIn, withSteps } from '../testing/problems.ts';

const CHANNELS = `channels:
  team: { console: {} }
  tech: { slack: { url: { env: URL }, people: { florian: U0123456789 } } }
`;
const plan = (mention: string, to = 'tech'): string =>
  `${withSteps(`- { announce: A, to: [${to}], text: T, mention: ${mention} }`).replace(/^channels: .*\n/m, CHANNELS)}announcements: [{ on: held, to: [${to}], template: incident-p0, mention: ${mention} }]\naudiences: { all: [team, tech] }\n`;

describe('a mention', () => {
  it.each([
    ['["@florian"]', 'tech', ['florian']],
    ['[florian]', 'tech', ['florian']],
    ['["@florian", florian]', 'tech', ['florian']],
    ['["@anybody"]', 'team', ['anybody']],
  ])('%s in %s is of %j', (written, to, names) => {
    expect(problemsIn(plan(written, to))).toEqual([]);
    const { announcements, steps } = planOf(plan(written, to));
    const step = steps['a'];
    expect(announcements[0]?.message).toMatchObject({ mention: names, urgent: true, from: 'shipped' });
    expect(step?.kind === 'announce' && step.message).toMatchObject({ mention: names });
  });

  it.each([
    [
      '["@devops"]',
      'tech',
      /warning: tech cannot call devops: it would be shown as @devops, expected people: \{devops: …\}/,
    ],
    ['["@constructor"]', 'all', /warning: tech cannot call constructor/],
    ['["@Florian"]', 'tech', /a name such as "@florian" or devops/],
    ['["<!channel>"]', 'tech', /a name such as/],
    ['[]', 'tech', /mention/],
  ])('%s in %s is told of', (written, to, problem) => {
    const problems = problemsIn(plan(written, to));
    expect(problems).toHaveLength(2);
    for (const each of problems) expect(each).toMatch(problem);
  });
});

describe('whether a message is urgent', () => {
  const said = (keys: string): boolean | undefined =>
    planOf(`${withSteps('- { wait: A, for: 1m }')}announcements: [{ on: started, to: [team], ${keys} }]\n`)
      .announcements[0]?.message.urgent;

  it.each([
    ['template: status', undefined],
    ['template: incident-p1', true],
    ['template: rolled-back', true],
    ['template: incident-p1, urgent: false', undefined],
    ['template: status, urgent: true', true],
    ['title: T, text: T', undefined],
    ['title: T, text: T, urgent: true', true],
  ])('{ %s }: %j', (keys, urgent) => {
    expect(said(keys)).toBe(urgent);
  });
});
