import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Flight } from '../testing/flight.ts';
import { failed } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, run, signoff } from '../testing/steps.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const REACH = { tech: ['team'], release: ['customers'] } as const;

type Signoff = Parameters<typeof signoff>[2];

function poll(own: Signoff, plan: Parameters<typeof planOf>[1] = { reach: REACH }): Flight {
  const steps = inOrder(check('tests'), signoff('go', { tech: 1, release: 1 }, own), run('migrate'));
  return new Flight(planOf(steps, plan)).fly();
}

const asked = (flight: Flight): readonly string[] =>
  Object.values(flight.launch.notices).flatMap(({ asks, channel }) =>
    asks === undefined ? [] : [`${channel} ${asks.time}`],
  );

const passIn = (flight: Flight, step: number, ms: number): void => {
  for (let passed = 0; passed < ms; passed += step) flight.pass(step);
};

describe('a GO that fell by its age', () => {
  const old = (own: Signoff, plan?: Parameters<typeof planOf>[1]): Flight => {
    const flight = poll({ expires: 4 * HOUR, ...own }, plan);
    flight.vote('go', 'tl');
    flight.pass(4 * HOUR);
    return flight;
  };

  it('is asked for again by itself, in the channels of the roles that are missing', () => {
    const flight = old({});
    expect(flight.step('go')).toBe('active');
    expect(asked(flight)).toEqual(['team 0', 'customers 0']);
    const { message } = Object.values(flight.launch.notices)[0] ?? {};
    expect(message?.text).toBe(
      [
        'go (Step go): the GO of tl has grown too old. It waits for tech (tl, both), release (rm, both).',
        'Type: slipway approve go --launch {{ launch.id }}',
      ].join('\n'),
    );
    expect(flight.wanted()).toHaveLength(2);
  });

  it('speaks the language of the launch', () => {
    const flight = old({}, { reach: REACH, messages: { language: 'fr', links: {}, words: {} } });
    expect(Object.values(flight.launch.notices)[0]?.message.title).toContain('Votre GO est attendu');
  });

  it.each<[string, Signoff, Parameters<typeof planOf>[1]]>([
    ['where the plan does not want it', { untold: true }, { reach: REACH }],
    ['where nobody can be reached', {}, {}],
  ])('is not told %s', (_name, own, plan) => {
    const flight = old(own, plan);
    expect(flight.step('go')).toBe('active');
    expect(asked(flight)).toEqual([]);
  });

  it('is not asked for once the launch turned back', () => {
    const flight = old({});
    const [one = ''] = flight.wanted();
    flight.begin(one);
    flight.settle(one, failed(true));
    flight.do({ type: 'abort', reason: 'enough' });
    flight.now += HOUR;
    expect(flight.launch.mode.is).toBe('ended');
    expect(flight.wanted()).toEqual([]);
  });

  it('is not asked for once it was given again', () => {
    const flight = old({});
    flight.vote('go', 'tl');
    flight.vote('go', 'rm');
    expect(flight.wanted()).toEqual(['migrate:0.0']);
  });
});

describe('reminders', () => {
  it('go to those who are missing, as often as the plan says', () => {
    const flight = poll({ remind: 30 * MINUTE });
    expect(flight.pending().wakeAt).toBe(flight.now + 30 * MINUTE);
    flight.pass(30 * MINUTE);
    flight.vote('go', 'tl');
    flight.pass(30 * MINUTE);
    expect(asked(flight)).toEqual(['team 1', 'customers 1', 'customers 2']);
    flight.vote('go', 'rm');
    flight.pass(30 * MINUTE);
    expect(asked(flight)).toHaveLength(3);
  });

  it.each([
    [1 * MINUTE, 48],
    [30 * MINUTE, 48],
    [HOUR, 24],
    [5 * HOUR, 4],
    [30 * HOUR, 1],
  ])('every %d ms fall silent after %d', (remind, most) => {
    const flight = poll({ remind }, { reach: { tech: ['team'] } });
    passIn(flight, remind, (most + 5) * remind);
    expect(asked(flight)).toHaveLength(most);
  });

  it('begin anew when a GO that was given has grown too old', () => {
    const flight = poll({ remind: 12 * HOUR, expires: 40 * HOUR }, { reach: { tech: ['team'] } });
    passIn(flight, 12 * HOUR, 36 * HOUR);
    expect(asked(flight)).toEqual(['team 1', 'team 2']);
    flight.vote('go', 'tl');
    passIn(flight, 20 * HOUR, 60 * HOUR);
    expect(asked(flight)).toEqual(['team 1', 'team 2', 'team 0', 'team 1']);
  });

  it('begin anew when the facts changed and the GOs on them fell', () => {
    const flight = poll({ remind: 12 * HOUR }, { reach: { tech: ['team'] } });
    passIn(flight, 12 * HOUR, 36 * HOUR);
    flight.vote('go', 'tl');
    flight.do({ type: 'retry', step: 'tests' });
    flight.fly();
    passIn(flight, 12 * HOUR, 60 * HOUR);
    expect(asked(flight)).toEqual(['team 1', 'team 2', 'team 1', 'team 2']);
  });

  it('say nothing while the launch is held, or what is in front runs again', () => {
    const flight = poll({ remind: 30 * MINUTE });
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.pass(HOUR);
    expect(asked(flight)).toEqual([]);
    flight.do({ type: 'resume' });
    flight.do({ type: 'retry', step: 'tests' });
    flight.pass(HOUR);
    expect(asked(flight)).toEqual([]);
    expect(flight.pending().wakeAt).toBeNull();
  });

  it('are not put off by a clock that is set back', () => {
    const flight = poll({ remind: 30 * MINUTE }, { reach: { tech: ['team'] } });
    flight.now += 7 * 24 * HOUR;
    flight.live(0);
    flight.now -= 7 * 24 * HOUR;
    flight.live(0);
    flight.live(0);
    expect(asked(flight)).toEqual(['team 1', 'team 2']);
    expect(flight.pending().wakeAt).toBe(flight.now + 30 * MINUTE);
  });

  it('never flood, however the clock is set and however often it is looked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -48 * HOUR, max: 48 * HOUR }), { maxLength: 60 }),
        fc.integer({ min: MINUTE, max: 30 * HOUR }),
        (jumps, remind) => {
          const flight = poll({ remind }, { reach: { tech: ['team'] } });
          for (const jump of jumps) {
            flight.now = Math.max(0, flight.now + jump);
            flight.live(0);
            const told = asked(flight).length;
            flight.live(0);
            if (asked(flight).length !== told) return false;
          }
          return asked(flight).length <= Math.min(48, jumps.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
