import { describe, expect, it } from 'vitest';
import { staleFlags } from './stale-flags.ts';
import { DAY, Desk, flagOf, share } from './testing/desk.ts';

/** START is 2026-09-21. */
const PRO = { if: [{ var: 'pro' }, 'on', 'off'] };

describe('stale flags', () => {
  it.each<[string, (at: Desk) => unknown, number, readonly string[]]>([
    ['young', (at) => at.define('f'), 13, []],
    ['settled by its default', (at) => at.define('f'), 14, ['settled 14 off']],
    [
      'settled at 100 %',
      (at) => [at.define('f', flagOf({ targeting: PRO })), at.ramp('f', [share(100)])],
      20,
      ['settled 20 on'],
    ],
    ['ramping', (at) => [at.define('f'), at.ramp('f', [share(50)])], 20, []],
    ['ramping to nobody', (at) => [at.define('f'), at.ramp('f', [share(0)])], 20, ['settled 20 off']],
    ['with rules', (at) => at.define('f', flagOf({ targeting: PRO })), 20, []],
    [
      'with prerequisites',
      (at) => [at.define('g', flagOf({ targeting: PRO })), at.define('f', flagOf({}, { requires: 'g=on' }))],
      20,
      [],
    ],
    ['served by nobody', (at) => at.define('f', flagOf({ state: 'DISABLED' })), 20, []],
    ['no release', (at) => at.define('f', flagOf({}, { type: 'ops', expires: 'never' })), 900, []],
    ['killed for a week', (at) => [at.define('f'), at.kill('f')], 7, []],
    ['killed for longer', (at) => [at.define('f'), at.kill('f')], 8, ['left-killed 8 off']],
    ['on its last day', (at) => at.define('f', flagOf({ targeting: PRO }, { expires: '2026-09-22' })), 1, []],
    [
      'past its end of life',
      (at) => at.define('f', flagOf({ targeting: PRO }, { expires: '2026-09-22' })),
      2,
      ['expired 1 null'],
    ],
    [
      'past it over a leap day',
      (at) => at.define('f', flagOf({ targeting: PRO }, { expires: '2028-02-28' })),
      527,
      ['expired 2 null'],
    ],
    [
      'an experiment that goes on',
      (at) => at.define('f', flagOf({ targeting: PRO }, { type: 'experiment', expires: '2026-09-22' })),
      4,
      ['experiment-running 3 null'],
    ],
    [
      'an experiment that is over',
      (at) => at.define('f', flagOf({}, { type: 'experiment', expires: '2026-09-22' })),
      4,
      ['expired 3 off'],
    ],
    [
      'for two reasons',
      (at) => at.define('f', flagOf({}, { expires: '2026-09-22' })),
      14,
      ['settled 14 off', 'expired 13 off'],
    ],
  ])('%s', (_, act, days, expected) => {
    const at = new Desk();
    act(at);
    const found = staleFlags(at.set, at.now + days * DAY);
    expect(found.map(({ reason, days: overdue, variant }) => `${reason} ${overdue} ${variant}`)).toEqual(expected);
  });
});
