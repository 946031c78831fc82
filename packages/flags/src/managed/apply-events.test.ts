import { describe, expect, it } from 'vitest';
import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Json } from '../json.ts';
import type { Origin } from './flag-record.ts';
import { asFarAs, Desk, flagOf, inSegment, share } from './testing/desk.ts';

const FILE: Origin = { kind: 'file', file: 'flags/a.yaml' };
const OTHER: Origin = { kind: 'file', file: 'flags/b.yaml' };
const RULE: Json = { in: [{ var: 'country' }, ['FR']] };
type Flags = Record<string, FlagDefinition>;

function apply(at: Desk, flags: Flags, segments: Record<string, Json> = {}, origin = FILE): string {
  return at.change({ kind: 'apply', origin, flags, segments });
}

function desk(): Desk {
  const at = new Desk();
  at.define('served');
  apply(at, { one: flagOf(), two: flagOf() }, { fr: RULE });
  apply(at, { theirs: flagOf() }, {}, OTHER);
  return at;
}

describe('a file', () => {
  it.each<[string, Flags, Record<string, Json>, string]>([
    ['as it is', { two: flagOf(), one: flagOf() }, { fr: RULE }, ''],
    ['one more', { one: flagOf(), two: flagOf(), three: flagOf() }, { fr: RULE }, 'flag-defined'],
    ['one less', { one: flagOf() }, { fr: RULE }, 'flag-removed'],
    ['one changed', { one: flagOf({ defaultVariant: 'on' }), two: flagOf() }, { fr: RULE }, 'flag-defined'],
    ['a segment less', { one: flagOf(), two: flagOf() }, {}, 'segment-removed'],
    ['a segment changed', { one: flagOf(), two: flagOf() }, { fr: true }, 'segment-defined'],
    ['nothing left', {}, {}, 'flag-removed flag-removed segment-removed'],
    [
      "one that is the server's",
      { served: flagOf() },
      {},
      'refused: Flag served is kept in the server: remove it there',
    ],
    ['one of another file', { theirs: flagOf() }, {}, 'refused: Flag theirs is kept in the file flags/b.yaml'],
    [
      'one of the same file from another folder',
      { theirs: flagOf() },
      {},
      'refused: Flag theirs is kept in the file flags/b.yaml: remove it there before it is kept in the file flags/a.yaml. If it is the same file, apply it as flags/b.yaml, from the folder where that is.',
    ],
    ['a wrong one', { one: flagOf({}, { type: 'x' }) }, {}, 'wrong-input: one: write "type"'],
    [
      'a segment that is used but not given',
      { one: flagOf({ targeting: { if: [{ $ref: 'fr' }, 'on'] } }) },
      {},
      'refused: Flag one uses segment fr',
    ],
    [
      'with its own prerequisite behind it',
      { one: flagOf({}, { requires: 'zed=on' }), two: flagOf(), zed: flagOf() },
      { fr: RULE },
      'flag-defined flag-defined',
    ],
  ])('%s', (_, flags, segments, expected) => {
    const said = apply(desk(), flags, segments);
    expect(asFarAs(expected, said)).toBe(expected);
  });

  it('does not take away what ramps for a launch, or what others require or use', () => {
    const at = desk();
    at.launchRamp('two', [share(10)]);
    expect(apply(at, { one: flagOf() }, { fr: RULE })).toContain('refused: Flag two ramps for launch l1');
    at.define('needs', flagOf({}, { requires: 'one=on' }));
    expect(apply(at, { two: flagOf() }, { fr: RULE })).toContain('refused: Flag needs requires one');
    at.launchRamp('theirs', [inSegment('fr')]);
    expect(apply(at, { one: flagOf(), two: flagOf() })).toContain('refused: Flag theirs uses segment fr');
  });

  it('keeps kill and ramp of a flag that it changes', () => {
    const at = desk();
    at.ramp('one', [share(10)]);
    at.kill('one');
    apply(at, { one: flagOf({}, { purpose: 'other' }), two: flagOf() }, { fr: RULE });
    expect(at.set.flags.get('one')).toMatchObject({
      kill: { reason: 'errors' },
      ramp: { variant: 'on' },
      about: { purpose: 'other' },
    });
  });

  it('brings 5,000 flags at once, and costs a change of one of them little', () => {
    const at = new Desk();
    const flags = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, flagOf()]));
    apply(at, flags);
    expect(at.set.flags.size).toBe(5_000);
    expect(apply(at, { ...flags, f77: flagOf({ defaultVariant: 'on' }) })).toBe('flag-defined');
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`f${i}`, flagOf()]));
    expect(apply(at, many)).toContain('refused: A flag set holds at most 10000 flags');
  });
});

describe('chains of prerequisites', () => {
  const chain = (length: number): Flags => {
    const keys = Array.from({ length: length + 1 }, (_, i) => `f${i}`);
    return Object.fromEntries(keys.map((key, i) => [key, flagOf({}, i === 0 ? {} : { requires: `f${i - 1}=on` })]));
  };

  it('are 10 deep at most', () => {
    expect(apply(new Desk(), chain(10))).not.toContain('refused');
    expect(apply(new Desk(), chain(11))).toContain('more than 10 deep');
    const at = new Desk();
    apply(at, chain(10));
    at.define('below');
    expect(apply(at, { ...chain(10), f0: flagOf({}, { requires: 'below=on' }) })).toContain('more than 10 deep');
  });

  it('are bounded where each requires many', () => {
    const rule: Json = { if: [{ in: [{ var: 'x' }, Array.from({ length: 2_000 }, (_, i) => `id${i}`)] }, 'on', 'off'] };
    const flags: Flags = { base: flagOf({ targeting: rule }) };
    for (let level = 0; level < 8; level += 1) {
      for (let i = 0; i < 5; i += 1) {
        const below = Array.from({ length: 5 }, (_, j) => (level === 0 ? 'base=on' : `l${level - 1}-${j}=on`));
        flags[`l${level}-${i}`] = flagOf({ targeting: rule }, { requires: [...new Set(below)].join() });
      }
    }
    expect(apply(new Desk(), flags)).toContain('is too large with all that it requires');
  });
});
