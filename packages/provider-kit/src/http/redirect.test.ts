import { expect, it } from 'vitest';
import type { Target } from './redirect.ts';
import { redirectTarget } from './redirect.ts';

const from = (method: Target['method']): Target => ({
  url: new URL('https://a.example/x/y?q=1'),
  method,
  headers: { Authorization: 's', 'Content-Type': 't', Accept: 'u' },
  body: method === 'POST' ? 'b' : null,
});

it.each([
  ['POST', 301, 'GET', null],
  ['POST', 302, 'GET', null],
  ['POST', 303, 'GET', null],
  ['POST', 307, 'POST', 'b'],
  ['POST', 308, 'POST', 'b'],
  ['PUT', 302, 'PUT', null],
  ['PUT', 303, 'GET', null],
  ['HEAD', 303, 'HEAD', null],
  ['GET', 301, 'GET', null],
] as const)('%s answered with %i goes on as %s', (method, status, expected, body) => {
  expect(redirectTarget(from(method), status, '/z')).toMatchObject({ method: expected, body });
});

it.each([
  ['../z', 'https://a.example/z', ['Authorization', 'Content-Type', 'Accept']],
  ['https://a.example:443/z', 'https://a.example/z', ['Authorization', 'Content-Type', 'Accept']],
  ['http://a.example/z', 'http://a.example/z', ['Content-Type', 'Accept']],
  ['//b.example/z', 'https://b.example/z', ['Content-Type', 'Accept']],
  ['https://sub.a.example/', 'https://sub.a.example/', ['Content-Type', 'Accept']],
])('goes to %s with only the headers that may go there', (location, url, names) => {
  const target = redirectTarget(from('GET'), 307, location);
  expect(target?.url.href).toBe(url);
  expect(Object.keys(target?.headers ?? {})).toEqual(names);
});

it('drops the headers of a body that it drops', () => {
  expect(redirectTarget(from('POST'), 303, '/z')?.headers).toEqual({ Authorization: 's', Accept: 'u' });
});

it.each([
  [200, '/z'],
  [304, '/z'],
  [302, undefined],
])('%i with Location %s is an answer', (status, location) => {
  expect(redirectTarget(from('GET'), status, location)).toBeNull();
});

it.each(['javascript:alert(1)', 'file:///etc/passwd', 'http://', 'https://['])('refuses %s', (location) => {
  expect(() => redirectTarget(from('GET'), 302, location)).toThrow(/^https:\/\/a\.example redirects to/);
});
