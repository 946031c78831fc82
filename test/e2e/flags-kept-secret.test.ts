import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EvaluationKeyCreated } from '@slipway/contract';
import { slipway } from './support/command-line.ts';
import { FlagClient } from './support/flag-client.ts';
import { FLAGS, SET } from './support/flag-shop.ts';
import { RealServer } from './support/real-server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-flags-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('definitions and keys do not leave this machine in the clear unless somebody says so', async () => {
  const { code, errors } = await slipway({ folder }, 'serve', '--listen', '127.0.0.1:0', '--flag-sync', '0.0.0.0:0');
  expect(code).not.toBe(0);
  expect(errors).toContain('refuses to send flag definitions and keys in the clear on 0.0.0.0');
  expect(errors).toContain('--flag-sync-cert');
  const more = ['--flag-sync', '0.0.0.0:0', '--flag-sync-insecure'];
  const server = new RealServer(folder, {}, { more });
  await server.start();
  expect(server.flagSyncPort).toBeGreaterThan(0);
  await server.stop();
}, 60_000);

test('no key and no token of a stream is in the log of a server, however they are asked with', async () => {
  const server = new RealServer(folder, {}, { more: ['--log-level', 'debug'] });
  await server.start();
  try {
    const files = [{ file: 'flags/shop.json', text: JSON.stringify(FLAGS) }];
    await server.api('POST', `/flags/${SET}/apply`, { files, create: true });
    const { key } = await server.api<EvaluationKeyCreated>('POST', `/flags/${SET}/keys`, { kind: 'client' });
    const { stream } = await new FlagClient(() => server.url, key).bulk({ targetingKey: 'ada' });
    const { pathname, search } = stream;
    const ways: readonly (readonly [string, string])[] = [
      ['GET', `${pathname}${search}`],
      ['HEAD', `${pathname}${search}`],
      ['POST', `${pathname}${search}`],
      ['GET', `${pathname}/${search}`],
      ['GET', `/ofre%70/v1/stream${search}`],
      ['POST', `/ofrep/v1/outcomes${search}`],
    ];
    for (const [method, path] of ways) {
      const leaving = new AbortController();
      await fetch(`${server.url}${path}`, { method, headers: { 'x-api-key': key }, signal: leaving.signal });
      leaving.abort();
    }
  } finally {
    await server.stop();
  }
  const log = readFileSync(join(folder, 'server.log'), 'utf8');
  expect(log).toContain('"msg"');
  expect(log).not.toContain('slipway_flags_');
  expect(log.match(/.*stream\?token=.*/g)).toBeNull();
  expect(log).not.toContain('token=');
}, 60_000);
