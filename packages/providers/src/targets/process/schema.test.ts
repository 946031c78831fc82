import { expect, test } from 'vitest';
import { processSchema } from './schema.ts';

const command = ['node', 'server.js'];

test('a command is enough', () => {
  expect(processSchema.parse({ command })).toEqual({
    command,
    directory: '.',
    env: {},
    instances: 1,
    'port-variable': 'PORT',
    ready: { path: '/healthz', status: 200, timeout: 30_000 },
    drain: 10_000,
  });
});

test.each([
  [{ instances: 50 }],
  [{ env: { A: 'text', B: { env: 'TOKEN' }, C: { file: 'secrets/c' } } }],
  [{ env: { PORT: '1' }, 'port-variable': 'LISTEN_ON' }],
  [{ ready: { path: '/is%20it/~up?deep=1&x=[2]' } }],
  [{ ready: { path: '/', status: 204, timeout: '2m' }, drain: '1m30s' }],
])('accepts %j', (keys) => {
  expect(processSchema.safeParse({ command, ...keys }).success).toBe(true);
});

test.each([
  [{ command: [] }, 'Too small'],
  [{ command: [''] }, 'the first word is the program'],
  [{ command: 'node server.js' }, 'expected array'],
  [{ instances: 0 }, 'Too small'],
  [{ instances: 51 }, 'Too big'],
  [{ instances: 1.5 }, 'expected int'],
  [{ 'port-variable': 'A-B' }, 'name of an environment variable'],
  [{ env: { 'A B': 'x' } }, 'Invalid key'],
  [{ env: { A: 1 } }, 'write a text, or name a secret'],
  [{ env: { PORT: '80' } }, 'PORT is set by Slipway: leave it out'],
  [{ env: { HOST: '0.0.0.0' } }, 'HOST is set by Slipway: leave it out'],
  [{ env: { SLIPWAY_VERSION: '1' } }, 'SLIPWAY_VERSION is set by Slipway: leave it out'],
  [{ ready: { path: 'healthz' } }, 'must start with "/"'],
  [{ ready: { path: '/is it up' } }, 'may hold no space and no letter beyond ASCII: write %20 for a space'],
  [{ ready: { path: '/prêt' } }, 'may hold no space and no letter beyond ASCII'],
  [{ ready: { path: '/up\n' } }, 'may hold no space'],
  [{ ready: { timeout: '0s' } }, 'must be at least 1ms'],
  [{ drain: '2h' }, 'must be at most 1h'],
  [{ drain: 10 }, 'expected string'],
  [{ replicas: 2 }, 'Unrecognized key'],
])('refuses %j', (keys, message) => {
  const { error } = processSchema.safeParse({ command, ...keys });
  expect(JSON.stringify(error?.issues.map((issue) => issue.message))).toContain(JSON.stringify(message).slice(1, -1));
});
