import { expect, it } from 'vitest';
import type { Wanted } from './configuration.ts';
import { renderConfiguration } from './configuration.ts';
import { idOf, prefixOf } from './identifiers.ts';
import type { Sticky } from './schema.ts';

const wanted = (changed: Partial<Wanted> = {}, sticky?: Sticky): Wanted => ({
  config: { control: '127.0.0.1:9180', log: '/var/log/slipway.log', sticky },
  environment: 'shop.production',
  prefix: 'slipway_p',
  links: '/etc/nginx/slipway/production.split',
  targets: { aa: { version: '1.0.0', addresses: ['10.0.0.1:80', '[::1]:8080'] } },
  mark: 'slipway-7f',
  ...changed,
});

it('has an upstream of each target, and knows it by its id', () => {
  const { text, digest } = renderConfiguration(wanted());
  expect(text).toContain('upstream slipway_p_aa {\n  server 10.0.0.1:80;\n  server [::1]:8080;\n  keepalive 32;');
  expect(text).toContain('  "~/to/aa/or/[0-9a-z]+/0$" slipway_p_aa;\n  "~/or/aa/0$" slipway_p_aa;\n');
  expect(text).toContain(`return 200 "slipway ${digest} $pid aa $realpath_root\\n";`);
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
});

it('is told apart from every other, and is the same for the same in another order', () => {
  const two = { aa: { version: '1', addresses: ['10.0.0.1:80'] }, bb: { version: '2', addresses: ['10.0.0.2:80'] } };
  const { digest } = renderConfiguration(wanted({ targets: two }));
  expect(renderConfiguration(wanted({ targets: { bb: two.bb, aa: two.aa } })).digest).toBe(digest);
  const others = [{ aa: two.aa }, {}, { ...two, bb: { version: '2', addresses: ['10.0.0.2:81'] } }];
  const digests = others.map((targets) => renderConfiguration(wanted({ targets })).digest);
  // What only the location's file says tells them apart too.
  const config = { ...wanted().config, log: '/var/log/other.log' };
  const elsewhere = renderConfiguration(wanted({ targets: two, config })).digest;
  expect(new Set([digest, ...digests, elsewhere]).size).toBe(5);
});

it.each<[Sticky, string, string]>([
  [undefined, 'map $request_id $slipway_p_key {\n  default $request_id;\n', ''],
  [
    { header: 'X-User-Id' },
    'map $http_x_user_id $slipway_p_key {\n  default $http_x_user_id;\n  "" $request_id;\n',
    '',
  ],
  [
    { cookie: 'visitor' },
    'map $cookie_visitor $slipway_p_key {\n  default $cookie_visitor;\n  "" $request_id;\n',
    '"" "visitor=$request_id; Path=/; HttpOnly; SameSite=Lax";',
  ],
])('recognises clients by %j', (sticky, key, cookie) => {
  const { text, location } = renderConfiguration(wanted({}, sticky));
  expect(text).toContain(key);
  expect(location.includes('add_header Set-Cookie $slipway_p_cookie always;')).toBe(cookie !== '');
  expect(text).toContain(cookie);
});

it('lets nothing that somebody wrote into nginx, but the name of the environment as a comment of one line', () => {
  const evil = 'x";\n} server { listen 1; } #$uri\u2028\r';
  const targets = { [idOf(evil)]: { version: evil, addresses: ['10.0.0.1:80'] } };
  const changed = { environment: evil, prefix: prefixOf(evil), targets };
  const { text, location } = renderConfiguration(wanted(changed));
  for (const each of [text, location]) {
    const [first = '', ...rest] = each.split(/[\r\n]/);
    expect(first).toMatch(/^# /);
    expect(rest.join('\n')).not.toMatch(/listen 1;|\$uri/);
  }
});

it('writes no address that is none', () => {
  const targets = { aa: { version: '1', addresses: ['10.0.0.1:80; }'] } };
  expect(() => renderConfiguration(wanted({ targets }))).toThrow(TypeError);
});
