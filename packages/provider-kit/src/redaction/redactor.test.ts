import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { createRedactor, REDACTED } from './redactor.ts';

const redactorOf = (...secrets: readonly string[]) => {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('redact', () => {
  it.each([
    ['every place', ['hunter2'], 'hunter2 and hunter2!', '[redacted] and [redacted]!'],
    ['nothing', ['hunter2'], 'no secret here', 'no secret here'],
    ['regex characters', ['a.*+?^${}()|[]\\/-z'], 'x a.*+?^${}()|[]\\/-z y', 'x [redacted] y'],
    ['no more than the secret', ['a.c.'], 'abcd a.c.', 'abcd [redacted]'],
    ['the longer of two', ['token', 'token-long'], 'token-long token', '[redacted] [redacted]'],
    ['two that overlap', ['abcdef', 'defghi'], '-abcdefghi-', '-[redacted]-'],
    ['one that overlaps itself', ['abab'], '-ababab-', '-[redacted]-'],
    ['a line of a key', ['-----BEGIN\nMIIEvQIBADANBg\n-----END'], 'key: MIIEvQIBADANBg', 'key: [redacted]'],
    ['basic authorization', ['s3cret!'], `Basic ${base64('user:s3cret!')}`, 'Basic dXNlcjp[redacted]'],
    ['a query', ['p@ss word'], '?password=p%40ss+word&a=1', '?password=[redacted]&a=1'],
    ['JSON', ['say "hi"'], JSON.stringify({ key: 'say "hi"' }), '{"key":"[redacted]"}'],
    ['what is too short', ['abc'], 'abc', 'abc'],
  ] as const)('takes out %s', (_title, secrets, text, expected) => {
    expect(redactorOf(...secrets).redact(text)).toBe(expected);
  });

  it('tells whether a secret is long enough', () => {
    const redactor = createRedactor();
    expect([redactor.add('abc'), redactor.add('abcd'), redactor.add('')]).toEqual([false, true, false]);
  });

  it('knows a secret from the moment when it is added', () => {
    const redactor = redactorOf('first-secret');
    expect(redactor.redact('second-secret')).toBe('second-secret');
    redactor.add('second-secret');
    expect(redactor.redact('only second-secret')).toBe('only [redacted]');
    expect(redactor.redact('first-secret second-secret')).toBe('[redacted] [redacted]');
  });

  it('keeps up with a log: 2,000 lines with 40 secrets known', () => {
    const redactor = redactorOf(...Array.from({ length: 40 }, (_, i) => `secret/value+${i}=${'x'.repeat(i)}`));
    const line = 'GET /checkout 200 12 ms '.repeat(20);
    const begun = performance.now();
    for (let i = 0; i < 2000; i += 1) redactor.redact(line);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('redactJson', () => {
  it.each<[string, Json, Json]>([
    ['texts', ['a hunter22', { b: 'hunter22' }], ['a [redacted]', { b: '[redacted]' }]],
    ['keys', { hunter22: 1 }, { [REDACTED]: 1 }],
    ['keys that become the same', { hunter22: 1, 'correct-horse': 2 }, { [REDACTED]: 1, [`${REDACTED}_`]: 2 }],
    ['numbers', { pin: 90_210_001, count: 3 }, { pin: REDACTED, count: 3 }],
    ['nothing else', { a: null, b: true, c: 1.5, d: [] }, { a: null, b: true, c: 1.5, d: [] }],
    [
      'a key named like the prototype',
      JSON.parse('{"__proto__":"hunter22"}'),
      JSON.parse('{"__proto__":"[redacted]"}'),
    ],
  ])('takes secrets out of %s', (_title, value, expected) => {
    const redacted = redactorOf('hunter22', 'correct-horse', '90210001').redactJson(value);
    expect(JSON.stringify(redacted)).toBe(JSON.stringify(expected));
  });
});

describe('no secret survives', () => {
  /** Written down independently of the code under test: how others encode a text. */
  const encoders: Readonly<Record<string, (text: string) => string>> = {
    plain: (text) => text,
    base64,
    base64url: (text) => Buffer.from(text).toString('base64url'),
    uri: encodeURIComponent,
    uriLower: (text) => encodeURIComponent(text).replaceAll(/%../g, (escape) => escape.toLowerCase()),
    form: (text) => new URLSearchParams({ k: text }).toString().slice(2),
    json: (text) => JSON.stringify(text).slice(1, -1),
    uriBase64: (text) => encodeURIComponent(base64(text)),
  };
  // A secret that shares characters with the marker would be found in what the redactor itself writes.
  const unlikeMarker = (secret: string): boolean => !/[[\]]/.test(secret) && !REDACTED.includes(secret);
  const secret = fc
    .oneof(
      fc.string({ unit: 'binary', minLength: 4, maxLength: 40 }),
      fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 40 }),
      fc.base64String({ minLength: 4, maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom('a', 'b', '/', '+', '"', '\\', '\n', '%', 'é', ' '),
        minLength: 4,
        maxLength: 30,
      }),
    )
    .filter((text) => text.trim().length >= 4 && unlikeMarker(text) && text.isWellFormed());

  it.each(Object.entries(encoders))('in a text that holds it as %s', (_name, encode) => {
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 4 }), fc.array(fc.string()), (secrets, filler) => {
        const parts = secrets.flatMap((each, i) => [filler[i] ?? '', encode(each)]);
        const redacted = redactorOf(...secrets).redact(parts.join(''));
        for (const each of secrets) expect(redacted).not.toContain(encode(each).replace(/(=|%3D)+$/, ''));
      }),
      { numRuns: 300 },
    );
  });

  it('in the middle of a longer text in base64, which then no longer decodes to it', () => {
    const around = fc.string({ maxLength: 10 });
    fc.assert(
      fc.property(secret, around, around, fc.constantFrom('base64', 'base64url'), (each, before, after, encoding) => {
        const text = Buffer.from(before + each + after).toString(encoding);
        const redacted = redactorOf(each).redact(text);
        expect(redacted).toContain(REDACTED);
        const pieces = redacted.split(REDACTED).map((piece) => Buffer.from(piece, 'base64').toString('utf8'));
        for (const piece of pieces) expect(piece).not.toContain(each);
      }),
      { numRuns: 500 },
    );
  });

  it('line by line, when it has several lines', () => {
    const line = fc.string({ unit: fc.constantFrom(...'ABCxyz019+/='.split('')), minLength: 8, maxLength: 64 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const redactor = redactorOf(lines.join(end));
        for (const each of lines) expect(redactor.redact(`> ${each} <`)).toBe('> [redacted] <');
      }),
    );
  });

  it('in JSON, whatever its shape', () => {
    const json = (leaf: string) =>
      fc.letrec((tie) => ({
        node: fc.oneof(
          { maxDepth: 4 },
          fc.constant(leaf),
          fc.integer(),
          fc.array(tie('node'), { maxLength: 3 }),
          fc.dictionary(fc.constantFrom('a', 'b', leaf), tie('node'), { maxKeys: 3 }),
        ),
      })).node;
    const alphanumeric = fc.string({ unit: fc.constantFrom(...'qwxz789'.split('')), minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(
        alphanumeric.chain((each) => fc.tuple(fc.constant(each), json(each))),
        ([each, value]) => {
          expect(JSON.stringify(redactorOf(each).redactJson(value as Json))).not.toContain(each);
        },
      ),
    );
  });
});
