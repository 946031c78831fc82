import { expect, it } from 'vitest';
import { Flight, person } from '../../testing/flight.ts';
import { forkedPlan } from '../../testing/scenarios.ts';
import { recordMarkdown } from '../record-markdown.ts';
import { launchFacts } from '../launch-facts.ts';
import { writeReport } from './write-report.ts';

function decided(): Flight {
  const flight = new Flight(forkedPlan());
  flight.run('tag:0.0');
  flight.run('staged:0.0');
  flight.do({ type: 'complete-task', step: 'wish', proof: 'yes' });
  const basis = flight.launch.scenario?.proposal?.made.seq ?? 0;
  flight.do({ type: 'choose', scenario: 'freeze', reason: 'Christmas', basis }, person('tl'));
  return flight;
}

const record = ({ launch, log }: Flight, language: 'en' | 'fr'): string => recordMarkdown(launch, log, { language });

it('the record tells what was chosen, against what, and by which facts', () => {
  const text = record(decided(), 'en');
  expect(text).toContain('Chosen: The freeze (freeze), by tl');
  expect(text).toContain('Against the table.');
  expect(text).toContain('Reason: Christmas');
  expect(text).toContain('The table proposes production.');
  expect(text).toContain('| 1 | production | true | check staged | passed | passed | pass |');
  expect(text).toMatch(/\| staging \| Step reset \| not chosen \|/);
});

it('in French as well', () => {
  const text = record(decided(), 'fr');
  expect(text).toContain('Contre la table.');
  expect(text).toContain('non choisi');
});

it('before the gate is done it says that nothing is decided', () => {
  expect(record(new Flight(forkedPlan()), 'en')).toContain('nothing is decided');
});

it('a plan without scenarios has nothing of it', () => {
  const { scenarios: _none, ...plan } = forkedPlan();
  expect(record(new Flight(plan), 'en')).not.toContain('Scenario');
});

it('the entry of the gate is about the common steps, and a GO once they are done', () => {
  const flight = new Flight(forkedPlan());
  flight.run('tag:0.0');
  flight.run('staged:0.0');
  flight.do({ type: 'complete-task', step: 'wish', proof: 'yes' });
  const { launch, log: events } = flight;
  const entry = writeReport('gate', { launch, events, language: 'en', commits: null });
  expect(entry.figures).toMatchObject({ decision: 'go', steps: 3, passed: 3 });
});

it('messages know the scenario, who chose it and why', () => {
  const { launch, now } = decided();
  const told = launchFacts(launch, { language: 'en', now, inZone: String });
  expect(told).toMatchObject({ scenario: 'The freeze', chosenBy: `tl, ${now}`, choiceReason: 'Christmas' });
});
