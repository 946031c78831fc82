import { describe, expect, it } from 'vitest';
import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Metadata } from '../json.ts';
import { aboutOf, isDay } from './about-of.ts';
import { keptAbout } from './kept-about.ts';
import { flagOf } from './testing/desk.ts';

const COLOURS: Partial<FlagDefinition> = { variants: { red: 'r', blue: 'b' }, defaultVariant: 'red' };

describe('what a team says of a flag', () => {
  it('is read from the metadata', () => {
    const definition = flagOf({}, { requires: ' other = on,third=blue ', owner: ' web ' });
    expect(aboutOf('new', definition)).toEqual({
      ok: true,
      about: {
        type: 'release',
        owner: 'web',
        purpose: 'checkout',
        expires: '2027-01-31',
        off: 'off',
        requires: [
          { flag: 'other', variant: 'on' },
          { flag: 'third', variant: 'blue' },
        ],
      },
    });
  });

  it.each<[string, Metadata, Partial<FlagDefinition>, string]>([
    ['no such type', { type: 'beta' }, {}, 'metadata/type write "type": release, experiment, ops or permission.'],
    ['an empty owner', { owner: ' ' }, {}, 'metadata/owner write "owner"'],
    ['a number as purpose', { purpose: 3 }, {}, 'metadata/purpose write "purpose"'],
    ['a day that is none', { expires: '2027-02-29' }, {}, 'metadata/expires write "expires": the day'],
    ['a release for ever', { expires: 'never' }, {}, 'metadata/expires a flag of type release does not live for ever'],
    ['an experiment for ever', { type: 'experiment', expires: 'never' }, {}, 'type experiment does not live for ever'],
    [
      'no off variant to guess',
      {},
      COLOURS,
      'metadata metadata has no off: write "off": the variant that a kill serves, one of red, blue.',
    ],
    [
      'an off that is no variant',
      { off: 'of' },
      {},
      'metadata/off "off" is no variant of this flag: write one of on, off.',
    ],
    ['two that are false', {}, { variants: { a: false, b: false } }, 'metadata has no off'],
    ['an inherited name as off', { off: 'toString' }, {}, '"off" is no variant'],
    ['a requirement without variant', { requires: 'other' }, {}, 'metadata/requires requires: cannot read "other"'],
    ['two equal signs', { requires: 'a=b=c' }, {}, 'cannot read "a=b=c"'],
    ['itself', { requires: 'new=on' }, {}, 'a flag cannot require itself'],
    ['one twice', { requires: 'a=on,a=off' }, {}, 'a is named twice'],
    ['too many', { requires: Array.from({ length: 11 }, (_, i) => `f${i}=on`).join() }, {}, 'at most 10 flags'],
    ['a number', { requires: 4 }, {}, 'metadata/requires requires: write "other=on, third=blue".'],
  ])('says what to write: %s', (_, about, more, message) => {
    const read = aboutOf('new', flagOf(more, about));
    const problems = read.ok ? [] : read.problems.map((each) => `${each.path.join('/')} ${each.message}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });

  it('names each thing that is missing', () => {
    const read = aboutOf('new', { state: 'ENABLED', variants: { on: true, off: false } });
    expect(read.ok ? [] : read.problems.map(({ path, message }) => [path.join('/'), message.split(':')[0]])).toEqual([
      ['', 'metadata has no type'],
      ['', 'metadata has no owner'],
      ['', 'metadata has no purpose'],
      ['', 'metadata has no expires'],
    ]);
  });

  it.each(['ops', 'permission'])('lets %s flags live for ever', (type) => {
    expect(aboutOf('new', flagOf({}, { type, expires: 'never' })).ok).toBe(true);
  });
});

describe('a day', () => {
  it.each<[string, boolean]>([
    ['2027-01-31', true],
    ['2028-02-29', true],
    ['2100-02-29', false],
    ['2000-02-29', true],
    ['2027-04-31', false],
    ['2027-13-01', false],
    ['2027-00-10', false],
    ['2027-01-00', false],
    ['2027-1-1', false],
    ['2027-01-31T00:00', false],
    ['', false],
  ])('%s: %s', (text, is) => expect(isDay(text)).toBe(is));
});

describe('what the log has of a flag', () => {
  it('opens although the rules became stricter, with an off variant that the flag has', () => {
    const old = { state: 'ENABLED', variants: { a: 'x', b: 'y' }, defaultVariant: 'b' } as const;
    expect(keptAbout('old', old)).toMatchObject({ off: 'b', type: 'ops', expires: 'never', requires: [] });
    expect(keptAbout('old', { ...old, defaultVariant: null }).off).toBe('a');
  });
});
