import { expect, it } from 'vitest';
import { haproxyRouterSchema } from './schema.ts';

const config = { socket: '/run/haproxy/admin.sock', backend: 'app', address: 'http://127.0.0.1:8080' };

it.each([
  [{}],
  [{ socket: '127.0.0.1:9999' }],
  [{ socket: '127.8.0.1:9999' }],
  [{ socket: '[::1]:9999' }],
  [{ socket: 'localhost:9999' }],
  [{ backend: 'be_app-1.internal:8080' }],
  [{ address: 'https://shop.example' }],
])('takes %o', (changed) => {
  expect(haproxyRouterSchema.parse({ ...config, ...changed })).toEqual({ ...config, ...changed });
});

it.each([
  [{ socket: undefined }],
  [{ socket: 'run/admin.sock' }],
  [{ socket: '/run/haproxy/' }],
  [{ socket: '/run/a\nb' }],
  [{ socket: '10.0.0.1:9999' }],
  [{ socket: '0.0.0.0:9999' }],
  [{ socket: '127.0.0.1:0' }],
  [{ socket: 'haproxy.example:9999' }],
  [{ socket: '127.0.0.1.example:9999' }],
  [{ backend: '' }],
  [{ backend: 'app;disable frontend f' }],
  [{ backend: 'app\nshutdown frontend f' }],
  [{ backend: 'app/slot1' }],
  [{ backend: 'app slot' }],
  [{ backend: 'a'.repeat(101) }],
  [{ address: '127.0.0.1:8080' }],
  [{ address: 'ftp://127.0.0.1' }],
  [{ address: 'http://user:secret@127.0.0.1' }],
  [{ listen: 80 }],
])('refuses %o', (changed) => {
  expect(haproxyRouterSchema.safeParse({ ...config, ...changed }).success).toBe(false);
});
