import type { Launch } from '@slipway/core';
import { describe, expect, it } from 'vitest';
import { choicesWanted, scenarioViewOf } from './scenario.ts';
import { en } from './words/en.ts';

const offer = (name: string, reason?: 'required') => ({
  name,
  title: `The ${name}`,
  authority: ['lead', 'director'],
  phases: [name],
  ...(reason === undefined ? {} : { reason }),
});
const SCENARIOS = {
  after: 'gate',
  choose: [],
  offer: { staging: offer('staging'), production: offer('production'), freeze: offer('freeze', 'required') },
};
const PROPOSAL = { scenario: 'production', rows: [], basis: { seq: 3, hash: 'a' }, made: { seq: 4, hash: 'b' } };
const CHOICE = {
  scenario: 'freeze',
  by: { kind: 'person', id: 'ann' },
  at: 5,
  reason: 'why',
  proposed: null,
  proving: [],
};

const launchOf = (scenario: unknown): Launch =>
  ({
    scenario,
    plan: { scenarios: SCENARIOS, phases: [{ name: 'staging', steps: ['deploy'] }], steps: { deploy: {} } },
    steps: { deploy: { is: 'waiting' } },
  }) as unknown as Launch;

describe('the decision between scenarios', () => {
  it('is not shown where the plan offers none', () => {
    expect(scenarioViewOf(launchOf(null))).toEqual({});
    expect(choicesWanted(launchOf(null), en)).toEqual([]);
  });

  it('has nothing to be bound to before the gate is done', () => {
    expect(scenarioViewOf(launchOf({ proposal: null, choice: null })).scenario).toMatchObject({
      basis: null,
      proposed: null,
      chosen: null,
      offer: [{ name: 'staging' }, { name: 'production' }, { name: 'freeze', reason: true }],
    });
  });

  it('asks who may choose, the proposed one first, and says where a reason is needed', () => {
    const wanted = choicesWanted(launchOf({ proposal: PROPOSAL, choice: null }), en);
    expect(wanted.map(({ who, what, how }) => [who, what, how])).toEqual([
      ['lead, director', 'choose: The production (proposed)', 'slipway choose production'],
      ['lead, director', 'choose: The staging', 'slipway choose staging --reason …'],
      ['lead, director', 'choose: The freeze', 'slipway choose freeze --reason …'],
    ]);
  });

  it('asks nobody once it is made, and shows by whom', () => {
    const launch = launchOf({ proposal: PROPOSAL, choice: CHOICE });
    expect(choicesWanted(launch, en)).toEqual([]);
    expect(scenarioViewOf(launch).scenario).toMatchObject({
      basis: { seq: 4, digest: 'b' },
      chosen: { scenario: 'freeze', title: 'The freeze', by: 'ann', override: false, until: null },
    });
  });
});
