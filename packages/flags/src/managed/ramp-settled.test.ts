import { describe, expect, it } from 'vitest';
import type { FlagDefinition } from '../definition/flag-definition.ts';
import { asFarAs, Desk, flagOf, inSegment, share } from './testing/desk.ts';

const RULE = { '==': [{ var: 'country' }, 'FR'] };
const OTHER = { '==': [{ var: 'country' }, 'BE'] };
const RESTS = 'refused: Flag f ramps for launch l1, which rests on that';

/** `f` ramps for a launch. */
function desk(percent: number): Desk {
  const made = new Desk();
  made.segment('french', RULE);
  made.define('f');
  made.launchRamp('f', [inSegment('french'), share(percent)]);
  return made;
}

describe('a definition that changes while a launch ramps its flag', () => {
  it.each<[string, number, FlagDefinition, string]>([
    ['what the others get, at 25 %', 25, flagOf({ defaultVariant: 'on' }), RESTS],
    ['a rule, at 25 %', 25, flagOf({ targeting: { if: [RULE, 'on'] } }), RESTS],
    ['who owns it, at 25 %', 25, flagOf({}, { owner: 'shop' }), 'flag-defined'],
    ['who owns it, at 100 %', 100, flagOf({}, { owner: 'shop' }), 'flag-defined'],
    ['the default, which all get already', 100, flagOf({ defaultVariant: 'on' }), 'flag-defined ramp-ended'],
    ['a rule, at 100 %', 100, flagOf({ targeting: { if: [RULE, 'on'] } }), 'flag-defined'],
  ])('%s', (_what, percent, definition, expected) => {
    expect(asFarAs(expected, desk(percent).define('f', definition))).toBe(expected);
  });

  it('may change where the flag is killed: the launch has ended badly', () => {
    const made = desk(25);
    made.kill('f');
    expect(made.define('f', flagOf({ targeting: { if: [RULE, 'on'] } }))).toBe('flag-defined');
  });

  it('by a file ends the ramp as well', () => {
    const made = new Desk();
    const origin = { kind: 'file', file: 'flags/shop.json' } as const;
    const apply = (definition: FlagDefinition) =>
      made.change({ kind: 'apply', origin, flags: { g: definition }, segments: {} });
    apply(flagOf());
    made.launchRamp('g', [share(100)]);
    expect(apply(flagOf({ defaultVariant: 'on' }))).toBe('flag-defined ramp-ended');
    expect(made.set.flags.get('g')?.ramp).toBeNull();
    // And the next launch may have it.
    expect(made.launchRamp('g', [share(5)], { variant: 'off', launch: { id: 'l2', step: 's' } })).toBe('ramp-set');
  });
});

it.each<[string, number, string]>([
  ['at 25 %', 25, RESTS],
  ['at 100 %', 100, 'segment-defined'],
])('a segment that a launch ramps with does not change %s', (_when, percent, expected) => {
  expect(asFarAs(expected, desk(percent).segment('french', OTHER))).toBe(expected);
});
