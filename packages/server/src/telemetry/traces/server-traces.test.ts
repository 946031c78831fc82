import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../start-server.ts';
import { openCollector, plain } from './testing/collector.ts';

const PLAN = `launch: tiny
artifact: { name: tiny, version: 1.0.0 }
phases:
  - phase: only
    steps:
      - check: The workspace is there
        command: { argv: [ls] }
`;

async function serverIn(workspace: string, environment: Record<string, string>): Promise<RunningServer> {
  return await startServer({
    listen: { host: '127.0.0.1', port: 0 },
    workspace,
    dataDirectory: join(workspace, '.slipway'),
    logger: pino({ level: 'silent' }),
    environment: { SLIPWAY_PERSON: 'ada@shop.example', ...environment },
  });
}

/** Resolves when the launch has ended. */
async function fly({ url, token }: RunningServer): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ text: PLAN, file: 'launch.yaml', directory: '.' });
  await fetch(`${url}/api/v1/launches`, { method: 'POST', headers, body });
  const isOver = async () =>
    (await (await fetch(`${url}/metrics`, { headers })).text()).includes('{ending="completed"} 1');
  await expect.poll(isOver, { timeout: 20_000 }).toBe(true);
}

test('a server tells a collector of its launches, and what is left when it stops', async () => {
  await using collector = await openCollector();
  const workspace = mkdtempSync(join(tmpdir(), 'slipway-traces-'));
  const endpoint = collector.url.replace('/v1/traces', '');
  const server = await serverIn(workspace, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  await fly(server);
  await server.stop(0);
  rmSync(workspace, { recursive: true, force: true });
  expect(collector.spans.map(({ name }) => name).toSorted()).toEqual([
    'effect the-workspace-is-there:0.0',
    'launch tiny',
    'phase only',
    'step the-workspace-is-there',
  ]);
  expect(collector.resources[0]).toMatchObject({ 'service.name': 'slipway' });
  expect(plain(collector.spans.find(({ name }) => name === 'launch tiny')?.attributes ?? [])).toMatchObject({
    'slipway.launch': 'tiny-1',
  });
  expect(collector.bodies.join('')).not.toMatch(/ada@|slipway_/);
});

test('an address that is none is said at the start', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'slipway-traces-'));
  const starting = serverIn(workspace, { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' });
  await expect(starting).rejects.toThrow('OTEL_EXPORTER_OTLP_ENDPOINT is not an address');
  rmSync(workspace, { recursive: true, force: true });
});
