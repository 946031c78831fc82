import { describe, expect, it } from 'vitest';
import { decideFlags } from './decide-flags.ts';
import type { FlagChange, FlagCommand } from './flag-command.ts';
import type { FlagActor } from './flag-event.ts';
import type { ScheduledChange } from './flag-record.ts';
import { ANN, asFarAs, BOB, CLOCK, Desk, flagOf, inSegment, share } from './testing/desk.ts';

const RULE = { '==': [{ var: 'country' }, 'FR'] };
const FILE = { kind: 'file', file: 'flags/shop.json' } as const;

/** Flags: a plain, b requires a, killed, ramping (launch l1), mine (a person's ramp), filed (of a file), dark (DISABLED). */
function desk(): Desk {
  const made = new Desk();
  made.segment('french', RULE);
  for (const flag of ['a', 'killed', 'ramping', 'mine']) made.define(flag);
  made.define('b', flagOf({}, { requires: 'a=on' }));
  made.define('dark', flagOf({ state: 'DISABLED' }));
  made.change({ kind: 'apply', origin: FILE, flags: { filed: flagOf() }, segments: { seg: RULE } });
  made.launchRamp('ramping', [share(10), inSegment('french')]);
  made.ramp('mine', [share(10)]);
  made.kill('killed');
  return made;
}

const ramp = (variant: string, audience: readonly ReturnType<typeof share>[], cohort = 'mine'): FlagChange => {
  return { kind: 'ramp', flag: 'mine', ramp: { variant, cohort, audience } };
};

describe('a change', () => {
  it.each<[string, FlagChange, string]>([
    ['a new flag', { kind: 'define', flag: 'new', definition: flagOf() }, 'flag-defined'],
    ['as it is', { kind: 'define', flag: 'a', definition: flagOf() }, ''],
    [
      'a key with a blank',
      { kind: 'define', flag: 'a b', definition: flagOf() },
      'wrong-input: a b: "a b" cannot be a flag\'s key',
    ],
    ['a key of the prototype', { kind: 'define', flag: '__proto__', definition: flagOf() }, 'wrong-input: __proto__'],
    [
      'a definition that says nothing',
      { kind: 'define', flag: 'n', definition: { state: 'ENABLED', variants: { on: true, off: false } } },
      'wrong-input: n: metadata has no type',
    ],
    [
      'mixed variants',
      { kind: 'define', flag: 'n', definition: flagOf({ variants: { on: true, off: 1 } }) },
      'wrong-input: n: variants/off: all variants of a flag are of one type',
    ],
    [
      'a default that is no variant',
      { kind: 'define', flag: 'n', definition: flagOf({ defaultVariant: 'x' }) },
      'wrong-input: n: defaultVariant: there is no variant "x"',
    ],
    [
      'one of a file',
      { kind: 'define', flag: 'filed', definition: flagOf() },
      'refused: Flag filed is kept in the file flags/shop.json',
    ],
    [
      'an unknown segment',
      { kind: 'define', flag: 'n', definition: flagOf({ targeting: { if: [{ $ref: 'x' }, 'on'] } }) },
      'refused: Flag n uses segment x',
    ],
    [
      'an unknown prerequisite',
      { kind: 'define', flag: 'n', definition: flagOf({}, { requires: 'x=on' }) },
      'refused: Flag n requires x, which is not',
    ],
    [
      'a prerequisite without the variant',
      { kind: 'define', flag: 'n', definition: flagOf({}, { requires: 'a=x' }) },
      'refused: Flag n requires a=x, but a has no such variant',
    ],
    [
      'a variant that others require',
      { kind: 'define', flag: 'a', definition: flagOf({ variants: { yes: true, off: false } }) },
      'refused: Flag b requires a=on',
    ],
    [
      'a ring',
      { kind: 'define', flag: 'a', definition: flagOf({}, { requires: 'b=on' }) },
      'refused: Flag a requires itself by way of others',
    ],
    [
      'a variant that ramps',
      { kind: 'define', flag: 'ramping', definition: flagOf({ variants: { yes: true, off: false } }) },
      'refused: Flag ramping ramps for launch l1 with variant on',
    ],
    [
      'disabling what ramps',
      { kind: 'define', flag: 'ramping', definition: flagOf({ state: 'DISABLED' }) },
      'refused: Flag ramping ramps for launch l1: keep it ENABLED',
    ],
    [
      'targeting that means nothing',
      { kind: 'define', flag: 'n', definition: flagOf({ targeting: { iff: [] } }) },
      'wrong-input: n: targeting/iff: there is no operator "iff"',
    ],
    [
      'targeting to no variant',
      { kind: 'define', flag: 'n', definition: flagOf({ targeting: { if: [true, 'no'] } }) },
      'wrong-input: n: targeting/if/1: there is no variant "no"',
    ],
    [
      'a segment that means nothing',
      { kind: 'define-segment', segment: 'n', rule: { '===': [1] } },
      'wrong-input: Segment n: rule',
    ],
    [
      'a rule that means nothing',
      {
        kind: 'ramp',
        flag: 'mine',
        ramp: { variant: 'on', cohort: 'mine', audience: [{ kind: 'rule', name: 'odd', rule: { oops: 1 } }] },
      },
      'wrong-input: Rule odd: rule/oops: there is no operator',
    ],
    ['removing', { kind: 'remove', flag: 'dark' }, 'flag-removed'],
    ['removing what is not there', { kind: 'remove', flag: 'x' }, 'not-found: There is no flag x'],
    ['removing one of a file', { kind: 'remove', flag: 'filed' }, 'refused: Flag filed is kept in the file'],
    [
      'removing what others require',
      { kind: 'remove', flag: 'a' },
      'refused: Flag b requires a: change or remove b first.',
    ],
    [
      'removing what ramps for a launch',
      { kind: 'remove', flag: 'ramping' },
      'refused: Flag ramping ramps for launch l1: end the ramp',
    ],
    ['removing what a person ramps', { kind: 'remove', flag: 'mine' }, 'flag-removed'],
    ['a segment', { kind: 'define-segment', segment: 'new', rule: RULE }, 'segment-defined'],
    ['a segment as it is', { kind: 'define-segment', segment: 'french', rule: { ...RULE } }, ''],
    [
      'a segment of a file',
      { kind: 'define-segment', segment: 'seg', rule: true },
      'refused: Segment seg is kept in the file',
    ],
    [
      'a segment with a dot',
      { kind: 'define-segment', segment: 'a.b', rule: RULE },
      'wrong-input: "a.b" cannot be a segment\'s name',
    ],
    [
      'a segment that uses itself',
      { kind: 'define-segment', segment: 'french', rule: { '!': { $ref: 'french' } } },
      'refused: Segment french uses itself',
    ],
    ['a used segment gone', { kind: 'remove-segment', segment: 'french' }, 'refused: Flag ramping uses segment french'],
    ['no such segment', { kind: 'remove-segment', segment: 'x' }, 'not-found: There is no segment x'],
    ['the end of a ramp', { kind: 'end-ramp', flag: 'ramping' }, 'ramp-ended'],
    ['the end of none', { kind: 'end-ramp', flag: 'a' }, ''],
    ['a lifted kill', { kind: 'unkill', flag: 'killed', reason: 'mended' }, 'flag-unkilled'],
    ['a kill lifted without reason', { kind: 'unkill', flag: 'killed', reason: ' ' }, 'wrong-input: Say why'],
    ['no kill to lift', { kind: 'unkill', flag: 'a', reason: 'mended' }, ''],
    ['a larger share', ramp('on', [share(20)]), 'ramp-set'],
    ['the same share', ramp('on', [share(10)]), ''],
    [
      'a smaller share',
      ramp('on', [share(5)]),
      'refused: The share is 10 % already, and 5 % would take people out of it: end the ramp first.',
    ],
    ['another variant', ramp('off', [share(20)]), 'refused: Flag mine ramps with variant on'],
    ['another cohort', ramp('on', [share(20)], 'other'), 'refused: Flag mine ramps with cohort mine'],
    ['an unknown variant', ramp('x', [share(20)]), 'refused: Flag mine has no variant x: name one of on, off.'],
    ['a segment more', ramp('on', [share(3, 'french')]), 'ramp-set'],
    ['a segment that is not there', ramp('on', [share(3, 'x')]), 'wrong-input: There is no segment x'],
    ['four decimals', ramp('on', [share(12.3456)]), 'wrong-input: A share is 0 to 100'],
    ['more than all', ramp('on', [share(101)]), 'wrong-input: A share is 0 to 100'],
    ['no number', ramp('on', [share(Number.NaN)]), 'wrong-input: A share is 0 to 100'],
    ['less than nothing', ramp('on', [share(-1)]), 'wrong-input: A share is 0 to 100'],
    [
      'too many audiences',
      ramp(
        'on',
        Array.from({ length: 51 }, (_, i) => share(i)),
      ),
      'wrong-input: A ramp has at most 50',
    ],
  ])('%s', (_, change, expected) => {
    const said = desk().change(change);
    expect(asFarAs(expected, said)).toBe(expected);
  });

  it.each<[string, (desk: Desk) => string, string]>([
    ['over the ramp of a launch', (d) => d.ramp('ramping', [share(20)]), 'refused: Flag ramping ramps for launch l1'],
    ['of a killed flag', (d) => d.ramp('killed', [share(20)]), 'refused: Flag killed is killed (errors)'],
    ['of a DISABLED flag', (d) => d.ramp('dark', [share(20)]), 'refused: Flag dark is DISABLED'],
    ['of a flag in a file', (d) => d.ramp('filed', [share(20)]), 'ramp-set'],
    [
      'of a launch over a person',
      (d) => d.launchRamp('mine', [share(20)]),
      'refused: Flag mine ramps already, by a person',
    ],
    [
      'of another launch',
      (d) => d.launchRamp('ramping', [share(50)], { launch: { id: 'l2', step: 's' } }),
      'refused: Flag ramping ramps for launch l1',
    ],
    ['of a launch, killed', (d) => d.launchRamp('killed', [share(20)]), 'refused: Flag killed is killed'],
    ['of a launch, unknown flag', (d) => d.launchRamp('x', [share(20)]), 'not-found:'],
    ['of no launch', (d) => d.launchRamp('a', [share(20)], { launch: null }), 'wrong-input: Name the launch'],
    ['of the same launch, other variant', (d) => d.launchRamp('ramping', [share(20)], { variant: 'off' }), 'refused:'],
  ])('a ramp %s', (_, act, expected) => expect(asFarAs(expected, act(desk()))).toBe(expected));
});

describe('the ramp of a launch', () => {
  it('is set as it is given, may be given again, and may step back', () => {
    const at = desk();
    expect(at.launchRamp('ramping', [share(10), inSegment('french')])).toBe('');
    expect(at.launchRamp('ramping', [share(25)])).toBe('ramp-set');
    expect(at.launchRamp('ramping', [share(5)])).toBe('ramp-set');
    expect(at.set.flags.get('ramping')?.ramp?.audience).toEqual([share(5)]);
  });
});

describe('a kill', () => {
  const kill = (flag: string, reason = 'errors'): FlagCommand => ({ type: 'kill', flag, reason, launch: 'l1' });

  it.each<[string, FlagCommand, string]>([
    ['of a flag', kill('a'), 'flag-killed'],
    ['of a killed flag', kill('killed'), ''],
    ['of a flag in a file', kill('filed'), 'flag-killed'],
    ['of a flag that is not there', kill('x'), 'not-found: There is no flag x'],
    ['without a reason', kill('a', '\n'), 'wrong-input: Say why'],
    ['with a very long reason', kill('a', 'x'.repeat(5_000)), 'flag-killed'],
  ])('%s', (_, command, expected) => {
    const at = desk();
    at.fourEyes();
    const said = at.do(command, CLOCK);
    expect(asFarAs(expected, said)).toBe(expected);
  });

  it('keeps the ramp; lifting it ends the ramp, and takes a person', () => {
    const at = desk();
    at.kill('ramping');
    expect(at.set.flags.get('ramping')?.ramp).not.toBeNull();
    const lift: FlagChange = { kind: 'unkill', flag: 'ramping', reason: 'mended' };
    expect(at.change(lift, CLOCK)).toContain('needs-person: Only a person may lift a kill.');
    expect(at.change(lift)).toBe('ramp-ended flag-unkilled');
    expect(at.set.flags.get('ramping')).toMatchObject({ ramp: null, kill: null });
  });

  it('calls off the ramp that was to go on: lifting it brings nothing back by itself', () => {
    const at = desk();
    const later = (id: string, flag: string, change: ScheduledChange): void => {
      at.change({ kind: 'schedule', scheduled: [{ id, flag, at: at.now + 1000, change }] });
    };
    const more = { kind: 'ramp', ramp: { variant: 'on', cohort: 'mine', audience: [share(50)] } } as const;
    later('more', 'mine', more);
    later('end', 'mine', { kind: 'end-ramp' });
    later('other', 'a', more);
    expect(at.do(kill('mine'), CLOCK)).toBe('schedule-cancelled flag-killed');
    expect(at.log.at(-2)?.event).toMatchObject({ id: 'more', reason: 'Flag mine was killed.' });
    expect(at.set.scheduled.map(({ id }) => id)).toEqual(['end', 'other']);
  });
});

describe('four eyes', () => {
  const raise = ramp('on', [share(50)]);
  const approve = (id: string): FlagCommand => ({ type: 'approve', id });
  const proposed = (): Desk => {
    const at = desk();
    at.fourEyes();
    at.do({ type: 'change', id: 'p1', change: raise, reason: 'go' });
    return at;
  };

  it.each<[string, FlagCommand, FlagActor, string]>([
    ['its author may not approve', approve('p1'), ANN, 'refused: Another person than its author'],
    ['Slipway may not', approve('p1'), CLOCK, 'needs-person: Only a person may approve'],
    ['another person may', approve('p1'), BOB, 'proposal-approved ramp-set'],
    ['unknown', approve('p2'), BOB, 'not-found: There is no proposal p2'],
    ['rejected', { type: 'reject', id: 'p1', reason: 'too soon' }, BOB, 'proposal-rejected'],
    ['withdrawn by its author', { type: 'reject', id: 'p1', reason: 'too soon' }, ANN, 'proposal-rejected'],
    ['rejected without reason', { type: 'reject', id: 'p1', reason: '' }, BOB, 'wrong-input: Say why'],
    ['rejected by Slipway', { type: 'reject', id: 'p1', reason: 'x' }, CLOCK, 'needs-person:'],
    [
      'an id that is taken',
      { type: 'change', id: 'p1', change: raise, reason: 'go' },
      BOB,
      'wrong-input: The id p1 is taken',
    ],
    ['without a reason', { type: 'change', id: 'p2', change: raise, reason: '' }, BOB, 'wrong-input: Say why'],
    ['without an id', { type: 'change', id: '', change: raise, reason: 'go' }, BOB, 'wrong-input: An id'],
    [
      'what cannot be made',
      { type: 'change', id: 'p2', change: ramp('x', []), reason: 'go' },
      BOB,
      'refused: Flag mine has no variant',
    ],
    ['what is so already', { type: 'change', id: 'p2', change: ramp('on', [share(10)]), reason: 'go' }, BOB, ''],
    [
      'a launch goes on',
      {
        type: 'launch-ramp',
        flag: 'ramping',
        ramp: { variant: 'on', cohort: 'ramping', audience: [share(60)], launch: { id: 'l1', step: 's' } },
      },
      CLOCK,
      'ramp-set',
    ],
    [
      'lifting a kill is a change',
      { type: 'change', id: 'p2', change: { kind: 'unkill', flag: 'killed', reason: 'ok' }, reason: 'ok' },
      ANN,
      'change-proposed',
    ],
  ])('%s', (_, command, actor, expected) => {
    const said = proposed().do(command, actor);
    expect(asFarAs(expected, said)).toBe(expected);
  });

  it('changes nothing until it is approved, then makes it if it fits', () => {
    const at = proposed();
    expect(at.set.flags.get('mine')?.ramp?.audience).toEqual([share(10)]);
    expect(at.set.proposals).toMatchObject([{ id: 'p1', by: 'ann', reason: 'go' }]);
    const as = { variant: 'on', cohort: 'mine', audience: [share(90)] };
    at.do({ type: 'change', id: 'p2', change: { kind: 'ramp', flag: 'mine', ramp: as }, reason: 'go' });
    at.do(approve('p2'), BOB);
    expect(at.do(approve('p1'), BOB)).toContain(
      'refused: The change no longer fits, reject it and propose it anew: The share is 90 % already',
    );
    expect(at.set.proposals).toHaveLength(1);
  });

  it('holds 100 proposals', () => {
    const at = desk();
    at.fourEyes();
    const said = Array.from({ length: 101 }, (_, i) =>
      at.do({ type: 'change', id: `p${i}`, change: raise, reason: 'go' }),
    );
    expect(said[99]).toBe('change-proposed');
    expect(said[100]).toContain('refused: A flag set holds at most 100 proposals');
  });
});

describe('the policy', () => {
  const policy = { approvals: 0, channels: {}, language: 'en' } as const;
  it('is set once', () => {
    const at = desk();
    expect(at.do({ type: 'set-policy', policy })).toBe('');
    expect(at.do({ type: 'set-policy', policy: { ...policy, language: 'fr' } })).toBe('policy-set');
    const many = Object.fromEntries(
      Array.from({ length: 21 }, (_, i) => [`c${i}`, { provider: 'slack', config: null }]),
    );
    expect(at.do({ type: 'set-policy', policy: { ...policy, channels: many } })).toContain('at most 20 channels');
  });
});

describe('a rejected command', () => {
  it('leaves the set as it is', () => {
    const { set } = desk();
    const before = JSON.stringify([...set.flags]);
    decideFlags(
      set,
      { type: 'change', id: 'x', change: { kind: 'remove', flag: 'a' }, reason: '' },
      { actor: ANN, now: 1 },
    );
    decideFlags(set, { type: 'kill', flag: 'a', reason: 'x', launch: null }, { actor: ANN, now: 1 });
    expect(JSON.stringify([...set.flags])).toBe(before);
  });
});
