import { describe, expect, it } from 'vitest';
import { gateSteps } from '../record/report/release-facts.ts';
import { Flight, person } from '../testing/flight.ts';
import { forkedPlan } from '../testing/scenarios.ts';
import { livedPlan } from './lived-plan.ts';

const choose = (flight: Flight, scenario: string): void => {
  const basis = flight.launch.scenario?.proposal?.made.seq ?? -1;
  flight.do({ type: 'choose', scenario, reason: 'why not', basis }, person('tl'));
};

/** A launch that chose one scenario after the other. */
function chosen(...scenarios: readonly string[]): Flight {
  const flight = new Flight(forkedPlan());
  flight.fly();
  flight.do({ type: 'complete-task', step: 'wish', proof: 'yes' });
  for (const scenario of scenarios) choose(flight, scenario);
  return flight;
}

const phases = ({ launch }: Flight) => livedPlan(launch).phases.map(({ name, steps }) => `${name}: ${steps.join(' ')}`);

const GATE = 'gate: tag staged wish';
const PRODUCTION = 'production: backup deploy live';

describe('the plan that a launch lives', () => {
  it.each<readonly [readonly string[], readonly string[]]>([
    [[], [GATE, 'staging: env reset smoke', PRODUCTION, 'freeze-end: freeze-lasts unchanged']],
    [['production'], [GATE, PRODUCTION]],
    [['freeze'], [GATE, 'freeze-end: freeze-lasts unchanged']],
    [
      ['freeze', 'production'],
      [GATE, 'freeze-end: unchanged', PRODUCTION],
    ],
    [
      ['production', 'freeze'],
      [GATE, 'freeze-end: freeze-lasts unchanged'],
    ],
  ])('after %j', (scenarios, expected) => {
    expect(phases(chosen(...scenarios))).toEqual(expected);
  });

  it('has each step that runs, and no other', () => {
    const flight = chosen('freeze', 'production');
    expect(flight.step('unchanged')).toBe('active');
    flight.fly();
    const kept = Object.keys(livedPlan(flight.launch).steps);
    const left = Object.entries(flight.launch.steps).flatMap(([id, { is }]) => (is === 'not-chosen' ? [id] : []));
    expect(kept.toSorted()).toEqual(
      Object.keys(flight.launch.plan.steps)
        .filter((id) => !left.includes(id))
        .toSorted(),
    );
  });

  it('tells in the report what had to be proved first', () => {
    expect(gateSteps(chosen('freeze', 'production').launch)).toContain('unchanged');
    expect(gateSteps(chosen('production').launch)).not.toContain('unchanged');
  });
});
