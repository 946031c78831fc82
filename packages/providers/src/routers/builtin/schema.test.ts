import { expect, it } from 'vitest';
import { clientAddress, formatListen, parseListen } from './listen.ts';
import { builtinRouterSchema } from './schema.ts';
import { settingsOf } from './settings.ts';

it.each([
  [8080, '127.0.0.1', 8080, 'http://127.0.0.1:8080'],
  [0, '127.0.0.1', 0, 'http://127.0.0.1:0'],
  ['127.0.0.1:8080', '127.0.0.1', 8080, 'http://127.0.0.1:8080'],
  ['0.0.0.0:80', '0.0.0.0', 80, 'http://127.0.0.1:80'],
  ['[::]:8080', '::', 8080, 'http://[::1]:8080'],
  ['[::1]:8080', '::1', 8080, 'http://[::1]:8080'],
  ['gate.example.com:65535', 'gate.example.com', 65_535, 'http://gate.example.com:65535'],
])('listen: %s is %s port %i', (listen, host, port, address) => {
  const settings = settingsOf(builtinRouterSchema.parse({ listen }));
  expect(settings.listen).toEqual({ host, port });
  expect(clientAddress(settings.listen)).toBe(address);
  expect(formatListen(settings.listen)).toBe(typeof listen === 'string' ? listen : `127.0.0.1:${listen}`);
});

it.each([
  [':8080'],
  ['8080'],
  ['*:8080'],
  ['127.0.0.1'],
  ['127.0.0.1:65536'],
  ['127.0.0.1:-1'],
  ['127.0.0.1:80 '],
  ['http://127.0.0.1:80'],
  ['::1:8080'],
  ['[127.0.0.1]:80'],
  ['[zz::1]:80'],
  [-1],
  [65_536],
  [80.5],
  [null],
  [''],
])('refuses listen: %s, and says what to write', (listen) => {
  expect(listen === null ? null : parseListen(String(listen))).toBeNull();
  expect(builtinRouterSchema.safeParse({ listen }).error?.issues[0]?.message).toMatch(/^write a port number/);
});

it('has defaults', () => {
  expect(builtinRouterSchema.parse({ listen: 80 })).toEqual({
    listen: 80,
    timeout: 30_000,
    'version-header': 'x-slipway-version',
  });
});

it('works out settings, with header names in lower case', () => {
  const config = { listen: 80, sticky: { header: 'X-User' }, timeout: '1m30s', 'version-header': 'X-Version' };
  expect(settingsOf(builtinRouterSchema.parse(config))).toEqual({
    listen: { host: '127.0.0.1', port: 80 },
    sticky: { header: 'x-user' },
    timeoutMs: 90_000,
    versionHeader: 'x-version',
  });
  const other = { listen: 80, sticky: { cookie: 'Session' }, 'version-header': false };
  expect(settingsOf(builtinRouterSchema.parse(other))).toMatchObject({
    sticky: { cookie: 'Session' },
    versionHeader: null,
  });
});

it.each([
  [{}],
  [{ listen: 80, port: 80 }],
  [{ listen: 80, sticky: {} }],
  [{ listen: 80, sticky: { cookie: 'a', header: 'b' } }],
  [{ listen: 80, sticky: { cookie: 'a;b' } }],
  [{ listen: 80, sticky: { header: 'a b' } }],
  [{ listen: 80, sticky: { cookie: '' } }],
  [{ listen: 80, timeout: '0s' }],
  [{ listen: 80, timeout: '2h' }],
  [{ listen: 80, timeout: 30 }],
  [{ listen: 80, 'version-header': true }],
  [{ listen: 80, 'version-header': 'x version' }],
])('refuses %o', (config) => {
  expect(builtinRouterSchema.safeParse(config).success).toBe(false);
});
