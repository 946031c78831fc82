import { allowedAt, type Calendar, type Freeze, type Step } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import { Flight, goesWell, person, START } from '../testing/flight.ts';
import { done, failed } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { announce, check, darkLaunch, deploy, flagRollout, rolling, rollout, run, signoff } from '../testing/steps.ts';

const MINUTE = 60_000;

/** Open but in the freezes: flights begin a quarter of an hour after the epoch, a Thursday. */
const calendarOf = (own: Partial<Calendar> = {}): Calendar => ({
  zone: 'UTC',
  urgency: 'normal',
  windows: [],
  never: [],
  holidays: [],
  freezes: [],
  maintenance: [],
  officeHours: { days: [1, 2, 3, 4, 5], from: 540, to: 1_080 },
  onFreeze: 'ask',
  override: 'release',
  ...own,
});
const freeze = (from: number, to: number): Freeze => ({
  from: START + from * MINUTE,
  to: START + to * MINUTE,
  because: 'fair',
});
const frozenFor = (minutes: number) => calendarOf({ freezes: [freeze(-1, minutes)] });

function flightOf(calendar: Calendar, ...steps: readonly Step[]): Flight {
  return new Flight(planOf(inOrder(...steps), { calendar }), (now) => allowedAt(calendar, now));
}

/** Names of the events of a kind of moment, in order. */
const told = (flight: Flight): readonly string[] =>
  flight.log.flatMap(({ event }) =>
    event.type === 'window-changed' ? [event.opening.allowed ? 'open' : 'closed'] : [],
  );
const causes = ({ launch: { mode } }: Flight) => (mode.is === 'held' ? mode.causes.map(({ kind }) => kind) : mode.is);

const PRODUCTION: readonly (readonly [string, Step, string])[] = [
  ['a deploy', deploy('go', 'production'), 'go:0.0'],
  ['a rollout', rollout('go', 'production'), 'go:0.0'],
  ['a rolling rollout', rolling('go', 'production'), 'go:0.0'],
  ['a dark launch', darkLaunch('go', 'production'), 'go:0.0'],
  ['a ramp of a flag', flagRollout('go', 'production'), 'go:0.0'],
  ['a command in production', run('go', { environment: 'production' }), 'go:0.0'],
  ['a command that names no environment', run('go'), 'go:0.0'],
];

describe('outside of its window', () => {
  test.each(PRODUCTION)('%s waits, says why and wakes when it opens', (_, step, first) => {
    const flight = flightOf(frozenFor(10), check('look'), step).fly();
    expect([flight.step('go'), flight.launch.mode.is]).toEqual(['waiting', 'running']);
    expect(flight.launch.window).toMatchObject({
      allowed: false,
      next: START + 10 * MINUTE,
      why: [{ kind: 'freeze' }],
    });
    expect(flight.pending()).toEqual({ effects: [], wakeAt: START + 10 * MINUTE });
    flight.pass(10 * MINUTE - 1);
    expect(flight.step('go')).toBe('waiting');
    flight.pass(1);
    expect(flight.wanted()).toEqual([first]);
    expect(told(flight)).toEqual(['closed', 'open']);
  });

  test.each<[string, Step]>([
    ['a deploy to staging', deploy('go', 'staging')],
    ['a command in staging', run('go', { environment: 'staging' })],
    ['a check', check('go')],
    ['a message', announce('go', null)],
  ])('%s goes on', (_, step) => {
    expect(flightOf(frozenFor(10), step).step('go')).toBe('active');
  });

  test('nothing begins where nobody could say what the calendar allows', () => {
    const flight = new Flight(planOf([deploy('go', 'production')], { calendar: calendarOf() }));
    expect(flight.step('go')).toBe('waiting');
    expect(flight.pending()).toEqual({ effects: [], wakeAt: null });
    expect(flight.launch.window).toMatchObject({ allowed: false, why: [{ kind: 'unknown' }] });
  });

  const NEVER = calendarOf({ never: [{ kind: 'days', span: { days: null, from: 0, to: 1_440 } }] });

  test('one that never opens holds the launch, which says so; an override or a skip ends it', () => {
    for (const word of ['override-window', 'skip'] as const) {
      const flight = flightOf(NEVER, check('look'), deploy('go', 'production')).fly();
      expect(flight.launch.mode).toMatchObject({ causes: [{ step: 'go', reason: expect.stringMatching(/never/) }] });
      flight.do({ type: word, step: 'go', reason: 'shops are down' });
      flight.fly();
      expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
    }
  });

  test('one that never opens does not hold what else is under way', () => {
    const steps = [deploy('go', 'production'), signoff('ask', { tech: 1 })];
    const flight = new Flight(planOf(steps, { calendar: NEVER }), (now) => allowedAt(NEVER, now));
    expect([flight.launch.mode.is, flight.pending().wakeAt]).toEqual(['running', null]);
  });

  test('other steps go on meanwhile, and the launch is not stuck', () => {
    const steps = [deploy('go', 'production'), check('look')];
    const flight = new Flight(planOf(steps, { calendar: frozenFor(10) }), (now) => allowedAt(frozenFor(10), now)).fly();
    expect([flight.step('go'), flight.step('look'), flight.launch.mode.is]).toEqual(['waiting', 'passed', 'running']);
  });

  test('a step that waited for a person or an environment until it closed begins no change', () => {
    const flight = flightOf(calendarOf({ freezes: [freeze(10, 20)] }), run('go', { confirm: 'GO' }));
    expect(flight.pending().wakeAt).toBe(START + 10 * MINUTE);
    flight.pass(10 * MINUTE);
    flight.do({ type: 'confirm', step: 'go', phrase: 'GO' });
    expect(flight.pending()).toEqual({ effects: [], wakeAt: START + 20 * MINUTE });
    expect(flight.refusal({ type: 'begin-effect', effect: 'go:1.0', again: false }).code).toBe('not-now');
    flight.pass(10 * MINUTE);
    expect(flight.wanted()).toEqual(['go:1.0']);
  });

  test('what was known of the window does not count past its end, whoever wakes late', () => {
    const flight = flightOf(calendarOf({ freezes: [freeze(10, 20)] }), run('go', { confirm: 'GO' }));
    flight.do({ type: 'confirm', step: 'go', phrase: 'GO' });
    flight.now += 10 * MINUTE;
    expect(flight.pending()).toEqual({ effects: [], wakeAt: flight.now });
  });
});

describe('an override', () => {
  const override = { type: 'override-window', step: 'go', reason: 'shops are down' } as const;

  test('by the role that the plan names lets the step begin at once, and stands in the record', () => {
    const flight = flightOf(frozenFor(10), deploy('go', 'production'));
    expect(flight.do(override)).toMatchObject([
      { type: 'window-overridden', reason: 'shops are down' },
      { type: 'step-started' },
    ]);
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });

  test.each<[string, Calendar, object, string, string]>([
    ['somebody else', frozenFor(10), {}, 'sl', 'not-allowed'],
    ['nobody may', { ...frozenFor(10), override: null }, {}, 'rm', 'not-allowed'],
    ['no reason', frozenFor(10), { reason: '  ' }, 'rm', 'wrong-input'],
    ['no such step', frozenFor(10), { step: 'gone' }, 'rm', 'not-found'],
    ['a step that does not wait for it', frozenFor(10), { step: 'look' }, 'rm', 'not-now'],
    ['it is open', { ...calendarOf() }, { step: 'later' }, 'rm', 'not-now'],
  ])('is refused: %s', (_, calendar, own, who, code) => {
    const steps = [
      signoff('ask', { tech: 1 }),
      check('look'),
      deploy('go', 'production'),
      deploy('later', 'production', { needs: ['ask'] }),
    ];
    const flight = new Flight(planOf(steps, { calendar }), (now) => allowedAt(calendar, now));
    expect(flight.refusal({ ...override, ...own }, person(who)).code).toBe(code);
  });

  test('a launch without a calendar has nothing to override', () => {
    expect(new Flight(planOf([signoff('go', { tech: 1 })])).refusal(override).message).toContain('no calendar');
  });
});

describe('a freeze in the middle of a rollout', () => {
  const inTheMiddle = (own: Partial<Calendar> = {}) => {
    const flight = flightOf(
      calendarOf({ freezes: [freeze(10, 20), freeze(15, 30)], ...own }),
      rollout('go', 'production'),
    );
    return flight.fly('go:4.0');
  };

  test('holds the launch once, and says the three ways', () => {
    const flight = inTheMiddle();
    expect(flight.pending().wakeAt).toBe(START + 10 * MINUTE);
    flight.pass(10 * MINUTE);
    expect(flight.launch.mode).toMatchObject({
      causes: [
        {
          kind: 'freeze',
          step: 'go',
          until: START + 20 * MINUTE,
          reason: expect.stringMatching(/fair.*finish.*held.*roll back/),
        },
      ],
    });
    expect(flight.wanted()).toEqual(['go:4.0']);
  });

  test('a person says finish, and is asked again only when another one begins', () => {
    const flight = inTheMiddle();
    flight.pass(10 * MINUTE);
    flight.do({ type: 'resume' });
    expect(causes(flight)).toBe('running');
    flight.pass(MINUTE);
    expect(causes(flight)).toBe('running');
    flight.pass(4 * MINUTE);
    expect(causes(flight)).toEqual(['freeze']);
    flight.do({ type: 'resume' });
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });

  test('is answered for itself: going on without a verdict does not', () => {
    const flight = inTheMiddle();
    flight.pass(10 * MINUTE);
    flight.do({ type: 'skip', step: 'go', reason: 'it looks well' });
    expect(causes(flight)).toEqual(['freeze']);
    expect(flight.wanted()).toEqual([]);
  });

  test('a person rolls back', () => {
    const flight = inTheMiddle();
    flight.pass(10 * MINUTE);
    flight.do({ type: 'rollback', reason: 'the fair opens' });
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
  });

  test('a window that closes asks nobody: what has begun ends', () => {
    // 00:16 to 00:26; the flight begins at 00:16:40.
    const flight = inTheMiddle({ freezes: [], windows: [{ days: null, from: 16, to: 26 }] });
    flight.pass(20 * MINUTE);
    expect(causes(flight)).toBe('running');
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ as: 'completed' });
  });

  test('finishes by itself where the plan says so', () => {
    const flight = inTheMiddle({ onFreeze: 'finish' });
    flight.pass(10 * MINUTE);
    expect(causes(flight)).toBe('running');
  });

  test('a step that was let through a freeze is asked about the next one only', () => {
    const flight = flightOf(calendarOf({ freezes: [freeze(-1, 20), freeze(15, 30)] }), rollout('go', 'production'));
    flight.do({ type: 'override-window', step: 'go', reason: 'P1' });
    flight.fly('go:4.0');
    expect(causes(flight)).toBe('running');
    flight.pass(15 * MINUTE);
    expect(causes(flight)).toEqual(['freeze']);
  });
});

/** One more effect, in a world where all goes well. */
function oneMore(flight: Flight): void {
  const effect = flight.pending().effects[0];
  if (effect === undefined) throw new Error('nothing is wanted');
  flight.run(effect.id, goesWell(effect));
}

describe('nothing of a calendar blocks a way back', () => {
  const BACK = ['abort', 'rollback'] as const;
  const table = PRODUCTION.flatMap(([name, step]) => BACK.map((type) => [name, type, step] as const));

  test.each(table)('%s, %s, in a freeze', (_, type, step) => {
    const flight = flightOf(
      calendarOf({ freezes: [freeze(10, 60 * 24 * 365)] }),
      step,
      signoff('after', { tech: 1 }),
    ).fly();
    expect(flight.step('go')).toBe('passed');
    flight.pass(10 * MINUTE);
    flight.do({ type, reason: 'now' });
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
  });

  test.each(PRODUCTION)('%s that fails in the middle turns back in a freeze, held or not', (_, step) => {
    for (const isHeld of [false, true]) {
      const flight = flightOf(calendarOf({ freezes: [freeze(10, 60)] }), { ...step, onFail: 'rollback' });
      const executive = () => flight.pending().effects.find((effect) => effect.class === 'executive')?.id;
      while (executive() === undefined) oneMore(flight);
      flight.begin(executive() ?? '');
      flight.pass(10 * MINUTE);
      expect(causes(flight)).toEqual(['freeze']);
      if (!isHeld) flight.do({ type: 'resume' });
      const [started] = Object.entries(flight.launch.effects).filter(([, state]) => state.is === 'started');
      flight.settle(started?.[0] ?? '', failed());
      flight.fly();
      expect(flight.launch.mode.is).toBe('ended');
    }
  });

  test('a way back is retried in a freeze, and outside of any window', () => {
    const calendar = calendarOf({ freezes: [freeze(10, 60)] });
    const flight = flightOf(calendar, run('go'), signoff('after', { tech: 1 })).fly();
    flight.pass(10 * MINUTE);
    flight.do({ type: 'rollback', reason: 'now' });
    flight.run('~undo:0.0', failed());
    expect(flight.launch.mode.is).toBe('incomplete');
    flight.do({ type: 'retry', step: null });
    flight.run('~undo:0.1', done());
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
  });
});
