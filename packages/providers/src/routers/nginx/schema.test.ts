import { expect, it } from 'vitest';
import { nginxRouterSchema } from './schema.ts';

const config = {
  file: '/etc/nginx/slipway/production.conf',
  log: '/var/log/nginx/slipway-production.log',
  control: '127.0.0.1:9180',
  address: 'http://127.0.0.1:8080',
  test: ['nginx', '-t'],
  reload: ['nginx', '-s', 'reload'],
};

it.each([
  [{}],
  [{ file: '/srv/a_b-c.d/production.conf' }],
  [{ control: '127.8.0.1:9180' }],
  [{ control: '[::1]:9180' }],
  [{ address: 'https://shop.example' }],
  [{ sticky: { cookie: 'visitor_id' } }],
  [{ sticky: { header: 'X-User-Id' } }],
  [{ reload: ['sudo', 'systemctl', 'reload', 'nginx'] }],
])('takes %o', (changed) => {
  expect(nginxRouterSchema.parse({ ...config, ...changed })).toEqual({ ...config, ...changed });
});

it('has commands of its own', () => {
  const { test: _test, reload: _reload, ...rest } = config;
  expect(nginxRouterSchema.parse(rest)).toEqual(config);
});

it.each([
  [{ file: 'slipway/production.conf' }],
  [{ file: '/etc/nginx/production' }],
  [{ file: '/etc/nginx/.conf' }],
  [{ file: '/etc/nginx/../production.conf' }],
  [{ file: '/etc/nginx/a b.conf' }],
  [{ file: '/etc/nginx/a;b.conf' }],
  [{ file: '/etc/nginx/$host.conf' }],
  [{ file: '/etc/nginx/a"b.conf' }],
  [{ file: '/etc/nginx/a.conf\n' }],
  [{ log: '/var/log/a.log;' }],
  [{ log: '/var/log/' }],
  [{ log: 'syslog:server=a' }],
  [{ log: '/var/log/a\nb' }],
  [{ control: '10.0.0.1:9180' }],
  [{ control: '0.0.0.0:9180' }],
  [{ control: 'localhost:9180' }],
  [{ control: '127.0.0.1.example:9180' }],
  [{ control: '127.0.0.1:0' }],
  [{ control: '127.0.0.1:9180; }' }],
  [{ address: '127.0.0.1:8080' }],
  [{ address: 'http://user:secret@127.0.0.1' }],
  [{ sticky: { cookie: 'a-b' } }],
  [{ sticky: { cookie: '' } }],
  [{ sticky: { header: 'x_user' } }],
  [{ sticky: { header: 'x;y' } }],
  [{ sticky: {} }],
  [{ test: [] }],
  [{ reload: 'nginx -s reload' }],
  [{ listen: 80 }],
])('refuses %o', (changed) => {
  expect(nginxRouterSchema.safeParse({ ...config, ...changed }).success).toBe(false);
});
