import { describe, expect, it } from 'vitest';
import type { FlagChange, FlagCommand } from './flag-command.ts';
import { ANN, asFarAs, BOB, CLOCK, Desk, flagOf, inSegment, share, START } from './testing/desk.ts';

const ON = flagOf({ defaultVariant: 'on' });
const OUTDATED = 'refused: What it would change was changed since it was proposed';
const CAROL = { kind: 'person', id: 'carol' } as const;
const FILE = { kind: 'file', file: 'flags/a.yaml' } as const;
const RULE = { '==': [{ var: 'country' }, 'FR'] };

const ramp = (audience = share(50)): FlagChange => {
  return { kind: 'ramp', flag: 'f', ramp: { variant: 'on', cohort: 'f', audience: [audience] } };
};
const apply = (flags: Record<string, typeof ON>): FlagChange => ({ kind: 'apply', origin: FILE, flags, segments: {} });
const unkill: FlagChange = { kind: 'unkill', flag: 'f', reason: 'mended' };
const later: FlagChange = {
  kind: 'schedule',
  scheduled: [
    {
      id: 's',
      flag: 'f',
      at: START + 9,
      change: { kind: 'ramp', ramp: { variant: 'on', cohort: 'f', audience: [share(80)] } },
    },
  ],
};

function desk(): Desk {
  const at = new Desk();
  at.define('f');
  at.define('g');
  at.change(apply({ filed: flagOf() }));
  at.segment('inner', RULE);
  at.segment('outer', { or: [{ $ref: 'inner' }, RULE] });
  return at;
}

/** What somebody with the approval of another does in between. */
type Between = (at: Desk) => void;

const kill: Between = (at) => at.kill('f');
const made =
  (...changes: readonly FlagChange[]): Between =>
  (at) => {
    for (const [index, change] of changes.entries()) {
      at.do({ type: 'change', id: `between-${index}`, change, reason: 'because' }, BOB);
      at.do({ type: 'approve', id: `between-${index}` }, CAROL);
    }
  };

describe('a change that waits for approval', () => {
  it.each<[string, Between, FlagChange, Between, string]>([
    [
      'another definition',
      () => {},
      { kind: 'define', flag: 'f', definition: ON },
      made({ kind: 'define', flag: 'f', definition: flagOf({}, { owner: 'ops' }) }),
      OUTDATED,
    ],
    [
      'the flag was removed',
      () => {},
      { kind: 'define', flag: 'f', definition: ON },
      made({ kind: 'remove', flag: 'f' }),
      OUTDATED,
    ],
    [
      'another flag',
      () => {},
      { kind: 'define', flag: 'f', definition: ON },
      made({ kind: 'define', flag: 'g', definition: ON }),
      'proposal-approved flag-defined',
    ],
    [
      'killed: the definition is what was shown',
      () => {},
      { kind: 'define', flag: 'f', definition: ON },
      kill,
      'proposal-approved flag-defined',
    ],
    [
      'killed once more',
      kill,
      unkill,
      (at) => {
        made({ ...unkill, reason: 'by another' })(at);
        at.kill('f', 'worse');
      },
      OUTDATED,
    ],
    ['as it was', kill, unkill, () => {}, 'proposal-approved flag-unkilled'],
    [
      'killed and lifted',
      () => {},
      ramp(),
      (at) => {
        kill(at);
        made(unkill)(at);
      },
      OUTDATED,
    ],
    ['a ramp that grew', () => {}, ramp(), made(ramp(share(5))), 'proposal-approved ramp-set'],
    ['and what is to come of it', () => {}, later, made(ramp(share(5))), 'proposal-approved change-scheduled'],
    ['a schedule of what was killed', () => {}, later, kill, OUTDATED],
    [
      'its segment',
      () => {},
      ramp(inSegment('outer')),
      made({ kind: 'define-segment', segment: 'inner', rule: { '!!': [{ var: 'plan' }] } }),
      OUTDATED,
    ],
    [
      'a segment of others',
      () => {},
      ramp(),
      made({ kind: 'define-segment', segment: 'inner', rule: { '!!': [{ var: 'plan' }] } }),
      'proposal-approved ramp-set',
    ],
    [
      'a flag that came to the file',
      () => {},
      apply({ filed: ON }),
      made(apply({ filed: flagOf(), second: flagOf() })),
      OUTDATED,
    ],
    [
      'a flag of no file',
      () => {},
      apply({ filed: ON }),
      made({ kind: 'define', flag: 'g', definition: ON }),
      'proposal-approved flag-defined',
    ],
  ])('%s', (_, first, change, between, expected) => {
    const at = desk();
    first(at);
    at.fourEyes();
    expect(at.do({ type: 'change', id: 'p', change, reason: 'go' }, ANN)).toBe('change-proposed');
    between(at);
    const said = at.do({ type: 'approve', id: 'p' }, BOB);
    expect(asFarAs(expected, said)).toBe(expected);
  });

  it.each(['ann', 'Ann', ' ann', 'ＡＮＮ'])('is not approved by its author as %j', (id) => {
    const at = desk();
    at.fourEyes();
    at.do({ type: 'change', id: 'p', change: ramp(), reason: 'go' }, ANN);
    expect(at.do({ type: 'approve', id: 'p' }, { kind: 'person', id })).toContain('refused: Another person');
  });
});

describe('only a person', () => {
  it.each<[string, FlagCommand]>([
    ['sets the policy', { type: 'set-policy', policy: { approvals: 0, channels: {}, language: 'fr' } }],
    ['cancels what is scheduled', { type: 'cancel-schedule', id: 's', reason: 'x' }],
  ])('%s', (_, command) => {
    const at = desk();
    at.change(later);
    expect(at.do(command, CLOCK)).toContain('needs-person: Only a person may');
  });

  it('does not pass for a launch, whose ramps need no approval', () => {
    const at = desk();
    at.fourEyes();
    const launch = { id: 'l1', step: 's' };
    const as = { variant: 'on', cohort: 'f', audience: [share(100)], launch };
    expect(at.do({ type: 'launch-ramp', flag: 'f', ramp: as }, ANN)).toContain('refused: Only Slipway ramps');
  });
});
