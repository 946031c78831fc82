import { describe, expect, it } from 'vitest';
import { parseManagedFlagSet } from './parse-managed-flag-set.ts';

const GOOD = `flags:
  new-checkout:
    state: ENABLED
    variants: { on: true, off: false }
    defaultVariant: off
    metadata:
      type: release
      owner: web
      purpose: one-click checkout
      expires: "2027-01-31"
`;

function problems(text: string): readonly string[] {
  const parsed = parseManagedFlagSet(text);
  return parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a file of flags', () => {
  it('is read', () => expect(problems(GOOD)).toEqual([]));

  it.each<[string, string, string]>([
    ['no flagd', GOOD.replace('ENABLED', 'ON'), '3:12 "state" must be ENABLED or DISABLED'],
    ['a wrong type', GOOD.replace('type: release', 'type: beta'), '7:13 write "type"'],
    ['no owner', GOOD.replace('      owner: web\n', ''), '6:5 metadata has no owner'],
    ['a day that is none', GOOD.replace('01-31', '02-30'), '10:16 write "expires"'],
    ['nothing said', GOOD.slice(0, GOOD.indexOf('    metadata')), '2:3 metadata has no type'],
    ['a key with a blank', GOOD.replace('new-checkout', 'new checkout'), '2:3 "new checkout" cannot be a flag\'s key'],
    [
      'a segment with a dot',
      `${GOOD}$evaluators: { a.b: { "!": [true] } }\n`,
      '11:16 "a.b" cannot be a segment\'s name',
    ],
  ])('says where it is wrong: %s', (_, text, expected) => expect(problems(text)[0]).toContain(expected));

  it('finds the place in a list of flags', () => {
    const flag =
      '{"key": "f", "state": "ENABLED", "variants": {"on": true, "off": false},\n "metadata": {"type": "x", "owner": "w", "purpose": "p", "expires": "2027-01-31"}}';
    expect(problems(`{"flags": [\n${flag}]}`)).toEqual(['3:23 write "type": release, experiment, ops or permission.']);
  });

  it('never throws', () => {
    for (const text of ['', '{', 'flags: 3', '[]', 'null', 'flags: {}', '\u0000'])
      expect(() => parseManagedFlagSet(text)).not.toThrow();
  });
});
