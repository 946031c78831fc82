import { describe, expect, it } from 'vitest';
import { createCookieJar } from './cookie-jar.ts';
import { parseSetCookie } from './set-cookie.ts';

const NOW = Date.UTC(2026, 10, 24, 10);

describe('cookie jar', () => {
  it.each([
    ['a=1', 'https://shop.example/', 'https://shop.example/x', 'a=1'],
    ['a=1', 'https://shop.example/', 'https://www.shop.example/', null],
    ['a=1; Domain=shop.example', 'https://shop.example/', 'https://www.shop.example/', 'a=1'],
    ['a=1; Domain=.shop.example', 'https://www.shop.example/', 'https://api.shop.example/', 'a=1'],
    ['a=1; Domain=other.example', 'https://shop.example/', 'https://other.example/', null],
    ['a=1; Domain=example', 'https://shop.example/', 'https://shop.example/', null],
    ['a=1; Domain=hop.example', 'https://shop.example/', 'https://shop.example/', null],
    ['a=1; Domain=0.0.1', 'http://127.0.0.1/', 'http://127.0.0.1/', null],
    ['a=1; Path=/account', 'https://shop.example/', 'https://shop.example/account/x', 'a=1'],
    ['a=1; Path=/account', 'https://shop.example/', 'https://shop.example/accounts', null],
    ['a=1', 'https://shop.example/account/login', 'https://shop.example/account/x', 'a=1'],
    ['a=1', 'https://shop.example/account/login', 'https://shop.example/', null],
    ['a=1; Secure', 'https://shop.example/', 'http://shop.example/', null],
    ['a=1; Secure', 'http://shop.example/', 'https://shop.example/', null],
    ['a=1; Secure', 'http://127.0.0.1/', 'http://127.0.0.1/', 'a=1'],
    ['a=1; Max-Age=60', 'https://shop.example/', 'https://shop.example/', 'a=1'],
    ['a=1; Max-Age=0', 'https://shop.example/', 'https://shop.example/', null],
    ['a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'https://shop.example/', 'https://shop.example/', 'a=1'],
    ['a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'https://shop.example/', 'https://shop.example/', null],
    ['a=1, b=2; Path=/, c=3', 'https://shop.example/', 'https://shop.example/', 'a=1; b=2; c=3'],
    ['a=1, a=2', 'https://shop.example/', 'https://shop.example/', 'a=2'],
    ['a=x=y; HttpOnly', 'https://shop.example/', 'https://shop.example/', 'a=x=y'],
    ['=1', 'https://shop.example/', 'https://shop.example/', null],
    ['', 'https://shop.example/', 'https://shop.example/', null],
    [`a=${'x'.repeat(5000)}`, 'https://shop.example/', 'https://shop.example/', null],
  ])('%s of %s for %s: %s', (header, from, to, sent) => {
    const jar = createCookieJar();
    jar.take(new URL(from), header, NOW);
    expect(jar.header(new URL(to), NOW)).toBe(sent);
  });

  it('forgets what is set to the past, and what has ended', () => {
    const jar = createCookieJar();
    const url = new URL('https://shop.example/');
    jar.take(url, 'a=1, b=2; Max-Age=60', NOW);
    jar.take(url, 'a=gone; Max-Age=-1', NOW);
    expect(jar.header(url, NOW)).toBe('b=2');
    expect(jar.header(url, NOW + 60_000)).toBeNull();
    expect(jar.value('a')).toBeNull();
  });

  it('keeps no more than a hundred', () => {
    const jar = createCookieJar();
    const url = new URL('https://shop.example/');
    jar.take(url, Array.from({ length: 150 }, (_, i) => `c${i}=1`).join(', '), NOW);
    expect(jar.header(url, NOW)?.split('; ')).toHaveLength(100);
  });
});

it('a comma within a date divides no cookies', () => {
  const cookies = parseSetCookie('a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Path=/, b=2', NOW);
  expect(cookies.map(({ name, expires }) => [name, expires])).toEqual([
    ['a', Date.UTC(2099, 9, 21, 7, 28)],
    ['b', null],
  ]);
});
