import { describe, expect, it } from 'vitest';
import { emptyFlagSet } from './empty-flag-set.ts';
import { evolveAll } from './evolve-flags.ts';
import type { ScheduledChange } from './flag-record.ts';
import { LIMITS } from './limits.ts';
import { asking } from './testing/asked.ts';
import { CLOCK, Desk, flagOf, share, START } from './testing/desk.ts';

const ON = flagOf({ defaultVariant: 'on' });
const rampTo = (percent: number): ScheduledChange => {
  return { kind: 'ramp', ramp: { variant: 'on', cohort: 'f', audience: [share(percent)] } };
};

function schedule(at: Desk, id: string, change: ScheduledChange): void {
  at.change({ kind: 'schedule', scheduled: [{ id, flag: 'f', at: START + 1_000, change }] });
}

function killed(): Desk {
  const at = new Desk();
  at.define('f', ON);
  at.kill('f');
  return at;
}

function served(at: Desk): string {
  return asking(at.set)('f', { targetingKey: 'u1' });
}

describe('a killed flag', () => {
  it.each([
    ['another off variant', flagOf({ defaultVariant: 'on' }, { off: 'on' })],
    ['another value of it', flagOf({ variants: { on: false, off: true } }, { off: 'off' })],
  ])('is not defined with %s', (_, definition) => {
    const at = killed();
    expect(at.define('f', definition)).toContain('refused: Flag f is killed and serves off: keep that variant');
    expect(served(at)).toBe('off');
  });

  it('may be mended meanwhile', () => {
    const at = killed();
    expect(at.define('f', flagOf({ state: 'DISABLED' }, { owner: 'ops' }))).toBe('flag-defined');
    expect(served(at)).toBe('off');
  });

  it('is as killed when it was removed and comes back, until a person lifts the kill', () => {
    const at = killed();
    const { kill } = at.set.flags.get('f') ?? {};
    at.change({ kind: 'remove', flag: 'f' });
    expect(at.define('f', ON)).toBe('flag-defined');
    expect(at.set.flags.get('f')?.kill).toEqual(kill);
    expect(served(at)).toBe('off');
    expect(evolveAll(emptyFlagSet(), at.log)).toEqual(at.set);
    at.change({ kind: 'unkill', flag: 'f', reason: 'mended' });
    at.change({ kind: 'remove', flag: 'f' });
    at.define('f', ON);
    expect(served(at)).toBe('on');
  });

  it('is remembered among the newest only', () => {
    const at = new Desk();
    for (let i = 0; i <= LIMITS.removedKills; i += 1) {
      const flag = `f${i}`;
      at.set = evolveAll(at.set, [
        {
          seq: 1,
          at: 1,
          actor: CLOCK,
          event: { type: 'flag-defined', flag, definition: ON, origin: { kind: 'server' } },
        },
        { seq: 2, at: 1, actor: CLOCK, event: { type: 'flag-killed', flag, reason: 'x', launch: null } },
        { seq: 3, at: 1, actor: CLOCK, event: { type: 'flag-removed', flag } },
      ]);
    }
    expect([...at.set.removedKills.keys()].slice(0, 1)).toEqual(['f1']);
    expect(at.set.removedKills.size).toBe(LIMITS.removedKills);
  });

  it.each<[string, (at: Desk) => void]>([
    ['a ramp', (at) => schedule(at, 's', rampTo(100))],
    ['a definition', (at) => schedule(at, 's', { kind: 'define', definition: flagOf({ defaultVariant: 'on' }) })],
  ])('does not come back by %s that was scheduled before the kill was lifted', (_, scheduled) => {
    for (const first of [true, false]) {
      const at = new Desk();
      at.define('f');
      if (first) scheduled(at);
      at.kill('f');
      if (!first) scheduled(at);
      at.change({ kind: 'unkill', flag: 'f', reason: 'mended' });
      at.now = START + 2_000;
      at.do({ type: 'run-due' }, CLOCK);
      expect(served(at)).toBe('off');
    }
  });

  it('keeps a kill that is scheduled', () => {
    const at = killed();
    schedule(at, 's', { kind: 'kill', reason: 'night' });
    expect(at.change({ kind: 'unkill', flag: 'f', reason: 'mended' })).toBe('flag-unkilled');
    expect(at.set.scheduled).toHaveLength(1);
  });
});

describe('the end of a ramp by a person', () => {
  it('calls off the shares that were to come', () => {
    const at = new Desk();
    at.define('f');
    at.ramp('f', [share(5)]);
    schedule(at, 's', rampTo(100));
    expect(at.change({ kind: 'end-ramp', flag: 'f' })).toBe('ramp-ended schedule-cancelled');
  });
});

describe('what a launch ramps', () => {
  it.each([
    ['a segment of a segment', { kind: 'define-segment', segment: 'inner', rule: false }],
    ['a segment of its targeting', { kind: 'define-segment', segment: 'own', rule: false }],
    [
      'what it requires',
      {
        kind: 'define',
        flag: 'f',
        definition: flagOf({ targeting: { if: [{ $ref: 'own' }, 'off', 'off'] } }, { requires: 'g=on' }),
      },
    ],
  ] as const)('does not change under it: %s', (_, change) => {
    const at = new Desk();
    at.define('g');
    at.segment('own', { var: 'beta' });
    at.segment('inner', { var: 'staff' });
    at.segment('outer', { or: [{ $ref: 'inner' }, { var: 'beta' }] });
    at.define('f', flagOf({ targeting: { if: [{ $ref: 'own' }, 'off', 'off'] } }));
    const rule = { and: [{ $ref: 'outer' }, { var: 'paid' }] };
    expect(at.launchRamp('f', [{ kind: 'rule', name: 'paying', rule }])).toBe('ramp-set');
    expect(at.change(change)).toContain('refused: Flag f ramps for launch l1, which rests on that');
  });
});

describe('many ways to a segment', () => {
  it('are counted and refused in no time', () => {
    const segments = Object.fromEntries(
      Array.from({ length: 600 }, (_, i) => {
        const layer = Math.floor(i / 100);
        const below = Array.from({ length: 100 }, (_none, n) => ({ $ref: `s${(layer + 1) * 100 + n}` }));
        return [`s${i}`, layer === 5 ? { var: 'x' } : { or: below }];
      }),
    );
    const began = performance.now();
    const at = new Desk();
    expect(at.change({ kind: 'apply', origin: { kind: 'server' }, flags: {}, segments })).toContain(
      'is too large with',
    );
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('may not come to more than a set holds, once written out', () => {
    const large = { in: [{ var: 'id' }, Array.from({ length: 80_000 }, (_, i) => `user-${i}`)] };
    const users = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`s${i}`, { '!': [{ $ref: 'large' }] }]));
    const segments = { large, ...users };
    const said = new Desk().change({ kind: 'apply', origin: { kind: 'server' }, flags: {}, segments });
    expect(said).toContain('refused: The segments come to more than');
  });
});

describe('a variant', () => {
  it.each(['a\u0000b', 'x'.repeat(201), '\ud800'])('is not named %j', (name) => {
    const variants = { [name]: true, off: false };
    expect(new Desk().define('f', flagOf({ variants }))).toContain("cannot be a variant's name");
  });
});
