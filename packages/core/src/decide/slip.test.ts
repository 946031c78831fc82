import { describe, expect, test } from 'vitest';
import { Flight, START } from '../testing/flight.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { deploy, run, signoff, wait } from '../testing/steps.ts';

const HOUR = 3_600_000;
const T0 = START + HOUR;
const steps = inOrder(wait('until', { kind: 't-offset', ms: -600_000 }), deploy('go', 'production'));
const announcements = [{ on: 't0-moved', message: { to: ['team'], title: 'Moved', text: 'Later.' } }] as const;
const slip = (to: number, reason = 'the press is late') => ({ type: 'slip', to, reason }) as const;
const flightOf = () => new Flight(planOf(steps, { t0: T0, announcements }));

describe('T-0 slips', () => {
  test('and with it what is relative to it', () => {
    const flight = flightOf();
    expect(flight.pending().wakeAt).toBe(T0 - 600_000);
    flight.do(slip(T0 + HOUR));
    expect([flight.launch.t0, flight.pending().wakeAt]).toEqual([T0 + HOUR, T0 + HOUR - 600_000]);
    flight.pass(HOUR);
    expect(flight.step('go')).toBe('waiting');
    flight.pass(HOUR);
    expect(flight.step('go')).toBe('active');
  });

  test('and its owners are told where the plan names a channel', () => {
    expect(flightOf().do(slip(T0 + HOUR))).toMatchObject([
      { type: 't0-moved', from: T0, to: T0 + HOUR, reason: 'the press is late' },
      { type: 'notice-queued', moment: 't0-moved', channel: 'team' },
    ]);
  });

  test('to an earlier time as well, and while the launch is held', () => {
    const flight = flightOf();
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.do(slip(START + 700_000));
    expect(flight.launch.t0).toBe(START + 700_000);
  });

  test.each<[string, ReturnType<typeof slip>, string]>([
    ['no reason', slip(T0 + HOUR, ' '), 'wrong-input'],
    ['where it is', slip(T0), 'wrong-input'],
    ['into the past', slip(START - 1), 'wrong-input'],
    ['more than ten years', slip(T0 + 3_651 * 24 * HOUR), 'wrong-input'],
    ['no time', slip(Number.NaN), 'wrong-input'],
  ])('is refused: %s', (_, command, code) => {
    expect(flightOf().refusal(command).code).toBe(code);
  });

  test.each([
    ['a deploy', deploy('go', 'production')],
    ['a command', run('go')],
  ])('not once %s of production has begun, and not on a way back', (_, step) => {
    const flight = new Flight(planOf([step, signoff('ask', { tech: 1 })]));
    expect(flight.refusal(slip(START + HOUR)).message).toContain('has begun');
    flight.do({ type: 'abort', reason: 'no' });
    expect(flight.refusal(slip(START + HOUR)).code).toBe('not-now');
  });

  test('while only staging has begun', () => {
    const flight = new Flight(planOf([deploy('try', 'staging')]));
    flight.do(slip(START + HOUR));
    expect(flight.launch.t0).toBe(START + HOUR);
  });
});
