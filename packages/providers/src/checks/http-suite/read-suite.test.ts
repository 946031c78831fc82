import { TerminalError } from '@slipway/provider-kit';
import { expectNamedError } from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkNames } from './check-names.ts';
import { readSuite } from './read-suite.ts';

/** As the check reads it: with what is wrong with the names. */
function read(text: string): string {
  try {
    const { suite, refuse } = readSuite('smoke.yaml', text);
    const problems = checkNames(suite.requests, ['base']);
    return problems.length === 0 ? 'right' : refuse(problems).message;
  } catch (error) {
    expectNamedError(error);
    if (error instanceof TerminalError) return error.message;
    throw error;
  }
}

const one = '- { name: a, url: / }';

describe('a suite in a file', () => {
  it.each([
    ['requests:\n  - name: a\n    url: /\n', /^right$/],
    ['{"requests":[{"name":"a","url":"/"}]}', /^right$/],
    [
      'requests:\n  - name: a\n    url: /\n    expect: { status: 999 }\n',
      /^smoke\.yaml:4:15: requests\.0\.expect\.status: /,
    ],
    [
      'requests:\n  - name: a\n    url: /\n    expct: {}\n',
      /^smoke\.yaml:4:5: requests\.0\.expct: there is no key "expct"/,
    ],
    ['requests:\n  - name: a\n', /^smoke\.yaml:2:5: requests\.0\.url: /],
    [
      `requests:\n${one}\n- { name: b, url: "/{{ x }}" }\n`,
      /^smoke\.yaml:3:14: requests\.1\.url: "x" is not known here/,
    ],
    [`requests:\n${one}\nrequests:\n${one}\n`, /^smoke\.yaml:3:1: "requests" is given twice/],
    ['requests:\n  - name: "a\n', /^smoke\.yaml:\d+:\d+: /],
    ['- a', /^smoke\.yaml:1:1: /],
    ['', /^smoke\.yaml:1:1: /],
    ['requests: []', /^smoke\.yaml:1:1: requests: /],
    ['a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\ne: &e [*d,*d]\nf: &f [*e,*e]\ng: [*f,*f]', /aliases/],
    ['requests: *nope', /smoke\.yaml:1:11|aliases/],
    [`requests: [${one.slice(2)}, { name: .nan, url: 5 }]`, /smoke\.yaml:1:\d+: requests\.1\.name/],
    ['requests: [{ name: a, url: /, expect: { json: { $.a: .nan } } }]', /requests\.0\.expect\.json\.\$\.a/],
    [
      'requests: [{ name: a, url: /, expect: { json: { a: 1 } } }]',
      /:1:49: requests\.0\.expect\.json\.a: is not a JSONPath/,
    ],
  ])('%j: %s', (text, message) => {
    expect(read(text)).toMatch(message);
  });

  it.each(['[', '{a: ', '- ', 'a:\n'])('is refused where it goes on with %j', (piece) => {
    expect(read(`requests: ${piece.repeat(20_000)}`)).toMatch(/smoke\.yaml/);
  });

  it('names at most five problems', () => {
    const requests = Array.from({ length: 9 }, () => '- { name: a, url: / , x: 1 }').join('\n');
    expect(read(`requests:\n${requests}`)).toMatch(/(smoke\.yaml:.*){5}; and 4 more problems$/);
  });

  it('is refused by a named error, whatever stands in it', () => {
    const piece = fc.constantFrom(
      'requests:',
      '- ',
      'name: a',
      'url: /',
      '{',
      '}',
      '[',
      ']',
      '&a',
      '*a',
      '"',
      ':',
      '\n',
      '  ',
      '? ',
      '!x',
      '|',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(read(given)).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });
});
