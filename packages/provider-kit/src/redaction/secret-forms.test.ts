import { describe, expect, it } from 'vitest';
import { base64Cores } from './base64-forms.ts';
import { secretForms } from './secret-forms.ts';

describe('forms of a secret', () => {
  it.each([
    ['plain', 'p@ss/w rd"é', 'p@ss/w rd"é'],
    ['base64', 'hunter2!!', 'aHVudGVyMiEh'],
    ['base64 for URLs', '>>>???>>>', 'Pj4-Pz8_Pj4-'],
    ['base64 in a query', '>>>???>>>', 'Pj4%2BPz8%2FPj4%2B'],
    ['URI component', 'p@ss/w rd', 'p%40ss%2Fw%20rd'],
    ['URI component in lower case', 'p@ss/w rd', 'p%40ss%2fw%20rd'],
    ['URI component, strict', "it's (it)", 'it%27s%20%28it%29'],
    ['form field', 'p@ss/w rd', 'p%40ss%2Fw+rd'],
    ['URI', 'p@ss/w rd', 'p@ss/w%20rd'],
    ['JSON', 'say "hi"\\', String.raw`say \"hi\"\\`],
    ['JSON in JSON', 'say "hi"', String.raw`say \\\"hi\\\"`],
    ['JSON with escaped slashes', 'a/b/c', String.raw`a\/b\/c`],
    ['JSON in ASCII', 'clé-ñ', String.raw`cl\u00e9-\u00f1`],
    ['JSON in ASCII, upper case', 'clé-ñ', String.raw`cl\u00E9-\u00F1`],
    ['without the line break at its end', 'token\n', 'token'],
    ['a line of several', 'first-line\nsecond-line', 'second-line'],
    ['a line of several, Windows', 'first-line\r\nsecond-line\r\n', 'first-line'],
    ['a lone surrogate', 'abcd\uD800', 'abcd%EF%BF%BD'],
  ])('%s', (_title, secret, form) => {
    expect([...secretForms(secret)]).toContain(form);
  });

  it.each(['', 'abc', ' a \n', 'a\nb'])('none for %j, which is too short', (secret) => {
    expect([...secretForms(secret)]).toEqual([]);
  });

  it('no short lines of several on their own', () => {
    expect([...secretForms('-----BEGIN\nshort\n-----END')]).not.toContain('short');
  });
});

it.each(['', 'a', 'ab', 'abc', 'abcd'])('finds base64 behind any number of bytes: %j', (before) => {
  for (const after of ['', 'x', 'xy', 'xyz']) {
    const encoded = Buffer.from(`${before}my-secret${after}`).toString('base64');
    expect(base64Cores('my-secret').some((core) => encoded.includes(core))).toBe(true);
  }
});
