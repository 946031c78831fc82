import { describe, expect, test } from 'vitest';
import { planOf, problemsIn } from '../testing/problems.ts';

const plan = (step: string): string => `launch: shop
artifact: { name: shop, version: 1.0.0 }
people: { rm: [ann], qa: [cy] }
channels: { team: { console: {} }, chat: { console: {} } }
audiences: { all: [team, chat] }
reach: { rm: [all], qa: [chat] }
phases:
  - phase: main
    steps:
      - ${step}
`;

const stepOf = (step: string) => Object.values(planOf(plan(step)).steps)[0];

describe('a task', () => {
  test.each<[string, string, object]>([
    ['an address that nobody asks', 'proof: url', { proof: 'url' }],
    ['an address that is asked', 'proof: { url: {} }', { proof: 'url', asked: { status: 200 } }],
    [
      'one with all that it must answer',
      'proof: { url: { status: 203, contains: "v{{ artifact.version }}", private: true } }',
      { proof: 'url', asked: { status: 203, contains: 'v{{ artifact.version }}', private: true } },
    ],
    ['a tick that grows old', 'valid-for: 24h', { proof: 'text', validFor: 86_400_000 }],
  ])('%s', (_name, keys, resolved) => {
    const {
      id: _id,
      title: _title,
      phase: _phase,
      needs: _needs,
      onFail: _onFail,
      ...step
    } = stepOf(`{ task: Macros, owner: rm, ${keys} }`) ?? ({} as never);
    expect(step).toEqual({ kind: 'task', owner: 'rm', due: null, ...resolved });
  });

  test('a template that cannot be filled in is found where it stands', () => {
    const problems = problemsIn(plan('{ task: M, owner: rm, proof: { url: { contains: "{{ artifact.verson }}" } } }'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^10:\d+: .*verson/);
  });
});

describe('a sign-off', () => {
  test.each<[string, string, object]>([
    ['tells whose GO fell', '', {}],
    ['keeps quiet', 'asks-again: false', { untold: true }],
    ['reminds', 'remind: 30m', { remind: 1_800_000 }],
  ])('%s', (_name, keys, resolved) => {
    const step = stepOf(`{ signoff: Go, by: { rm: 1 }, expires: 4h, ${keys} }`);
    const { untold, remind } = step?.kind === 'signoff' ? step : {};
    expect({ untold, remind }).toEqual({ untold: undefined, remind: undefined, ...resolved });
  });
});

test('roles are reached by the channels of their audiences', () => {
  expect(planOf(plan('{ task: M, owner: rm }')).reach).toEqual({ rm: ['team', 'chat'], qa: ['chat'] });
});
