import { expect, it } from 'vitest';
import { sharedDefinitions } from './shared-definitions.ts';

const long = 'x'.repeat(400);
const http = { type: 'object', properties: { url: { description: long } } };
const ref = { $ref: '#/$defs/http' };

it.each([
  ['nothing twice', { properties: { http } }, { properties: { http }, $defs: {} }],
  ['what is short', { a: { anyOf: [1] }, b: { anyOf: [1] } }, { a: { anyOf: [1] }, b: { anyOf: [1] }, $defs: {} }],
  [
    'a part in two places, once',
    { properties: { http }, items: [{ properties: { http } }] },
    { properties: { http: ref }, items: [{ properties: { http: ref } }], $defs: { http } },
  ],
  [
    'a part of a part that is there again, where it is also alone',
    { a: { anyOf: [{ properties: { http } }] }, b: { anyOf: [{ properties: { http } }] }, c: { http } },
    {
      a: { $ref: '#/$defs/a' },
      b: { $ref: '#/$defs/a' },
      c: { http: ref },
      $defs: { a: { anyOf: [{ properties: { http: ref } }] }, http },
    },
  ],
  [
    'two parts of one name, by two names',
    { properties: { http }, a: { http }, b: { http: { ...http, title: 't' } }, c: { http: { ...http, title: 't' } } },
    {
      properties: { http: ref },
      a: { http: ref },
      b: { http: { $ref: '#/$defs/http-2' } },
      c: { http: { $ref: '#/$defs/http-2' } },
      $defs: { http, 'http-2': { ...http, title: 't' } },
    },
  ],
])('says %s', (_what, schema, expected) => {
  expect(sharedDefinitions(schema as never)).toEqual(expected);
});
