import { describe, expect, it } from 'vitest';
import { decodeReferences } from './decode-references.ts';
import { p95 } from './latency.ts';
import { resolveUrl } from './resolve-url.ts';
import { shownBody, shownUrl } from './show.ts';
import type { Scalar } from './template.ts';
import { renderJson, renderText } from './template.ts';

const variables = new Map<string, Scalar>([
  ['base', 'https://shop.example/app'],
  ['id', 42],
  ['evil', '../admin?x=/#@evil.example'],
  ['next', '/orders/2?page=1'],
  ['other', 'https://other.example/x'],
  ['protocol', '//evil.example/x'],
  ['none', null],
]);

describe('templates', () => {
  it.each([
    ['{{ id }}', 42],
    ['${id}', 42],
    ['{{id}} ', '42 '],
    ['{{ none }}', null],
    ['a {{ id }} ${id}', 'a 42 42'],
    ['{{ nope', '{{ nope'],
    ['$id', '$id'],
  ])('%s becomes %j', (text, value) => {
    expect(renderJson({ list: [text, 1, null] }, variables)).toEqual({ value: { list: [value, 1, null] } });
  });

  it('names what is missing', () => {
    expect(renderText('{{ id }} {{ token }}', variables)).toEqual({ missing: 'token' });
    expect(renderJson({ a: [{ b: '${toString}' }] }, variables)).toEqual({ missing: 'toString' });
  });

  it('does not fill in what was filled in', () => {
    expect(renderText('{{ a }}', new Map([['a', '{{ id }} $& $1']]))).toEqual({ value: '{{ id }} $& $1' });
  });
});

describe('resolveUrl', () => {
  it.each([
    ['/orders/{{ id }}', 'https://shop.example/app/orders/42'],
    ['orders', 'https://shop.example/app/orders'],
    ['{{ base }}/orders', 'https://shop.example/app/orders'],
    ['/orders/{{ evil }}', 'https://shop.example/app/orders/..%2Fadmin%3Fx%3D%2F%23%40evil.example'],
    ['{{ next }}', 'https://shop.example/app/orders/2?page=1'],
    ['{{ other }}', 'https://other.example/x'],
    ['{{ protocol }}', 'https://shop.example/app//evil.example/x'],
    ['https://a.example/{{ id }}', 'https://a.example/42'],
  ])('%s: %s', (template, url) => {
    const resolved = resolveUrl(template, variables);
    expect('url' in resolved ? resolved.url.href : resolved).toBe(url);
  });

  it.each(['file:///etc/passwd', 'javascript:1', 'https://user:pass@shop.example/', 'http://['])(
    'refuses %s',
    (template) => {
      expect(resolveUrl(template, variables)).toHaveProperty('problem');
    },
  );
});

it.each([
  ['a&amp;b', 'a&b'],
  ['&lt;&gt;&quot;&apos;', '<>"\''],
  ['&#x2B;&#43;', '++'],
  ['&amp;lt;', '&lt;'],
  ['&#x110000;&nope;', '&#x110000;&nope;'],
])('%s in HTML is %s', (html, text) => {
  expect(decodeReferences(html)).toBe(text);
});

it.each([
  [[5], 5],
  [[3, 1, 2], 3],
  [Array.from({ length: 20 }, (_, i) => i + 1), 19],
  [Array.from({ length: 100 }, (_, i) => 100 - i), 95],
  [[], Number.NaN],
])('the 95th percentile of %j is %d', (values, expected) => {
  expect(p95(values)).toBe(expected);
});

it('shows no parameter and no attribute that gives entrance', () => {
  expect(shownUrl(new URL('https://a.example/x?q=shoes&code=abc&access_token=def#token=ghi'))).toBe(
    'https://a.example/x?q=shoes&code=%5Bredacted%5D&access_token=%5Bredacted%5D',
  );
  expect(shownBody('<input name="csrf" value="short1"> token=short2&a=b {"session_id": "short3"}')).not.toMatch(
    /short/,
  );
  expect(shownBody(`<p>Sorry</p> ${'aB3'.repeat(10)}`)).toBe('<p>Sorry</p> [redacted]');
});
