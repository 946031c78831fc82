import type { CheckStep, ChecksFloor, Policy } from '@slipway/plan';
import { expect, test } from 'vitest';
import { Flight, person } from '../testing/flight.ts';
import { failed } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, run } from '../testing/steps.ts';

const REHEARSAL: CheckStep['check'] = { provider: 'rehearsal', config: {} };
const WALKED: CheckStep['check'] = { provider: 'launches', config: { 'way-back': 'verified' } };
const BOTH: ChecksFloor = { rehearsal: true, rollbackRehearsed: 1 };

interface Given {
  readonly floor: ChecksFloor | null;
  readonly environment: string | null;
  readonly more?: Partial<Policy>;
}

/** Held at a check that said no. */
function held(use: CheckStep['check'], { floor, environment, more = {} }: Given): Flight {
  const rules: Policy = {
    people: {},
    signoffs: {},
    waivers: { secondPerson: null, longest: null, never: [] },
    forbidCommands: [],
    ...(floor === null ? {} : { checks: { production: floor } }),
    ...more,
  };
  const steps = inOrder(check('proof', { check: use }), run('migrate', { environment }));
  const flight = new Flight(planOf(steps), undefined, { digest: 'rules', rules });
  flight.run('proof:0.0', failed());
  return flight;
}

const skip = { type: 'skip', step: 'proof', reason: 'in a hurry' } as const;

test.each([
  ['the rehearsal', REHEARSAL, 'production'],
  ['the way back', WALKED, 'production'],
  ['in front of what may be anything', REHEARSAL, null],
])('nobody waives alone what a floor asks for: %s', (_name, use, environment) => {
  const rejection = held(use, { floor: BOTH, environment }).refusal(skip, person('tl'));
  expect(rejection).toMatchObject({ code: 'not-allowed', message: expect.stringContaining('takes this check') });
});

test.each<[string, CheckStep['check'], ChecksFloor | null, string]>([
  ['without a floor', REHEARSAL, null, 'production'],
  ['with a floor of the other alone', REHEARSAL, { rehearsal: false, rollbackRehearsed: 1 }, 'production'],
  ['with a floor of the rehearsal alone', WALKED, { rehearsal: true, rollbackRehearsed: null }, 'production'],
  ['in front of staging', REHEARSAL, BOTH, 'staging'],
  ['of another kind', { provider: 'git', config: null }, BOTH, 'production'],
  ['of a launch that completed', { provider: 'launches', config: { within: '1d' } }, BOTH, 'production'],
])('it is waived as before: %s', (_name, use, floor, environment) => {
  const flight = held(use, { floor, environment });
  flight.do(skip, person('tl'));
  expect(flight.step('proof')).toBe('skipped');
});

test('two people waive it', () => {
  const flight = held(REHEARSAL, {
    floor: BOTH,
    environment: 'production',
    more: { waivers: { secondPerson: 'tech', longest: null, never: [] } },
  });
  flight.do(skip, person('rm'));
  flight.do({ type: 'approve-waiver', step: 'proof' }, person('tl'));
  expect(flight.step('proof')).toBe('skipped');
});
