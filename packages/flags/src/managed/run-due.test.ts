import { describe, expect, it } from 'vitest';
import type { FlagCommand } from './flag-command.ts';
import type { Scheduled, ScheduledChange } from './flag-record.ts';
import { nextDue } from './next-due.ts';
import { CLOCK, Desk, flagOf, share, START } from './testing/desk.ts';

const HOUR = 3_600_000;
const RUN: FlagCommand = { type: 'run-due' };

function rampTo(percent: number): ScheduledChange {
  return { kind: 'ramp', ramp: { variant: 'on', cohort: 'f', audience: [share(percent)] } };
}

function later(id: string, hours: number, change: ScheduledChange, flag = 'f'): Omit<Scheduled, 'by'> {
  return { id, flag, at: START + hours * HOUR, change };
}

function desk(...scheduled: readonly Omit<Scheduled, 'by'>[]): Desk {
  const at = new Desk();
  at.define('f');
  if (scheduled.length > 0) at.change({ kind: 'schedule', scheduled });
  return at;
}

describe('scheduling', () => {
  it.each<[string, readonly Omit<Scheduled, 'by'>[], string]>([
    ['nothing', [], 'wrong-input: Name at least one'],
    ['in the past', [later('a', 0, { kind: 'end-ramp' })], 'wrong-input: The time has passed'],
    ['at no time', [{ ...later('a', 1, { kind: 'end-ramp' }), at: Number.NaN }], 'wrong-input: Give the time'],
    [
      'an id twice',
      [later('a', 1, { kind: 'end-ramp' }), later('a', 2, { kind: 'end-ramp' })],
      'wrong-input: The id a is taken',
    ],
    ['without an id', [later('', 1, { kind: 'end-ramp' })], 'wrong-input: An id'],
    ['of no flag', [later('a', 1, { kind: 'end-ramp' }, 'x')], 'not-found: There is no flag x'],
    ['a kill without reason', [later('a', 1, { kind: 'kill', reason: '' })], 'wrong-input: Say why'],
    ['a wrong share', [later('a', 1, rampTo(200))], 'wrong-input: A share'],
    [
      'an unknown variant',
      [later('a', 1, { kind: 'ramp', ramp: { variant: 'x', cohort: 'f', audience: [] } })],
      'refused: Flag f has no variant x',
    ],
    [
      'a wrong definition',
      [later('a', 1, { kind: 'define', definition: flagOf({}, { type: 'x' }) })],
      'wrong-input: f: write "type"',
    ],
    [
      'a flag that is to come, and its ramp',
      [later('a', 1, { kind: 'define', definition: flagOf() }, 'new'), later('b', 2, rampTo(5), 'new')],
      'change-scheduled change-scheduled',
    ],
    [
      'too many',
      Array.from({ length: 1_001 }, (_, i) => later(`s${i}`, 1, { kind: 'end-ramp' })),
      'refused: A flag set holds at most 1000',
    ],
  ])('%s', (_, scheduled, expected) => expect(desk().change({ kind: 'schedule', scheduled })).toContain(expected));

  it('leaves a definition in a file to the file', () => {
    const at = new Desk();
    at.change({ kind: 'apply', origin: { kind: 'file', file: 'a.json' }, flags: { f: flagOf() }, segments: {} });
    const define = { kind: 'define', definition: flagOf() } as const;
    expect(at.change({ kind: 'schedule', scheduled: [later('a', 1, define)] })).toContain('kept in the file a.json');
    expect(at.change({ kind: 'schedule', scheduled: [later('a', 1, rampTo(5))] })).toBe('change-scheduled');
  });
});

describe('what is due', () => {
  it('is made in the order of its times, and nothing before its time', () => {
    const at = desk(later('late', 3, rampTo(50)), later('second', 2, rampTo(25)), later('first', 1, rampTo(5)));
    expect(nextDue(at.set)).toBe(START + HOUR);
    expect(at.do(RUN, CLOCK)).toBe('');
    at.now = START + 2 * HOUR;
    expect(at.do(RUN, CLOCK)).toBe('schedule-done ramp-set schedule-done ramp-set');
    expect(at.set.flags.get('f')?.ramp?.audience).toEqual([share(25)]);
    expect(nextDue(at.set)).toBe(START + 3 * HOUR);
    at.now = START + 9 * HOUR;
    at.do(RUN, CLOCK);
    expect(nextDue(at.set)).toBeNull();
    expect(at.do(RUN, CLOCK)).toBe('');
  });

  it('is cancelled with the reason where it no longer fits', () => {
    const at = desk();
    at.kill('f');
    at.change({ kind: 'schedule', scheduled: [later('a', 1, rampTo(5)), later('b', 2, { kind: 'end-ramp' })] });
    at.now = START + HOUR;
    expect(at.do(RUN, CLOCK)).toBe('schedule-cancelled');
    expect(at.log.at(-1)?.event).toMatchObject({
      id: 'a',
      reason: 'Flag f is killed (errors): a person must lift the kill first.',
    });
    at.now = START + 2 * HOUR;
    expect(at.do(RUN, CLOCK)).toBe('schedule-done');
  });

  it('kills by itself, and defines', () => {
    const definition = flagOf({ defaultVariant: 'on' });
    const at = desk(later('a', 1, { kind: 'define', definition }), later('b', 1, { kind: 'kill', reason: 'night' }));
    at.now = START + HOUR;
    expect(at.do(RUN, CLOCK)).toBe('schedule-done flag-defined schedule-done flag-killed');
    expect(at.set.flags.get('f')?.kill).toEqual({ reason: 'night', launch: null, by: 'slipway', at: START + HOUR });
  });

  it('is made in parts where it is much', () => {
    const at = desk(...Array.from({ length: 60 }, (_, i) => later(`s${i}`, 1, { kind: 'end-ramp' })));
    at.now = START + HOUR;
    expect([at.do(RUN, CLOCK).split(' ').length, at.do(RUN, CLOCK).split(' ').length]).toEqual([50, 10]);
    expect(nextDue(at.set)).toBeNull();
  });

  it('goes with its flag', () => {
    const at = desk(later('a', 1, rampTo(5)));
    expect(at.change({ kind: 'remove', flag: 'f' })).toBe('flag-removed schedule-cancelled');
    expect(at.set.scheduled).toEqual([]);
  });

  it('is cancelled by a person with a reason', () => {
    const at = desk(later('a', 1, rampTo(5)));
    at.fourEyes();
    const cancel = (id: string, reason: string): FlagCommand => ({ type: 'cancel-schedule', id, reason });
    expect(at.do(cancel('x', 'no'))).toContain('not-found: Nothing is scheduled under x');
    expect(at.do(cancel('a', ''))).toContain('wrong-input: Say why');
    expect(at.do(cancel('a', 'no'))).toBe('schedule-cancelled');
  });
});
