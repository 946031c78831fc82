import type { ProofKind } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import { Flight, person } from '../testing/flight.ts';
import { planOf } from '../testing/plans.ts';
import { task } from '../testing/steps.ts';

const proving = (kind: ProofKind, proof: string) => {
  const flight = new Flight(planOf([task('macros', 'support', { proof: kind })]));
  return { flight, command: { type: 'complete-task', step: 'macros', proof } as const };
};

describe('the proof of a task', () => {
  it.each<[ProofKind, string]>([
    ['url', 'https://wiki.example/macros'],
    ['text', 'they are ready'],
    ['file', 'macros.csv'],
    ['value', '12 macros'],
    ['screenshot', 'https://wiki.example/macros.png'],
  ])('%s: %s is taken', (kind, proof) => {
    const { flight, command } = proving(kind, proof);
    flight.do(command, person('sl'));
    expect(flight.step('macros')).toBe('passed');
  });

  it.each<[ProofKind, string]>([
    ['url', 'wiki.example'],
    ['url', 'ftp://wiki.example'],
    ['value', 'all of them'],
    ['screenshot', ' '],
    ['text', 'x'.repeat(2_001)],
  ])('%s: %s is refused', (kind, proof) => {
    const { flight, command } = proving(kind, proof);
    expect(flight.refusal(command, person('sl')).code).toBe('wrong-input');
  });
});
