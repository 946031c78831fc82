import { execFile, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LISTEN } from '@slipway/server';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Pod } from 'kubernetes-models/v1/Pod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RealServer } from '../e2e/support/real-server.ts';
import { only, podSpecs, read, ROOT, texts } from './deployed.ts';

/** The server is started as a process of its own, on a machine that may be busy. */
const PATIENCE = 120_000;

const template = only(Deployment).spec?.template;
const container = template?.spec?.containers[0];
const PROBES = [container?.startupProbe, container?.livenessProbe, container?.readinessProbe].map(
  (probe) => probe?.httpGet?.path,
);

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

let workspace: string;
let server: RealServer;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'slipway-deploy-'));
  server = new RealServer(workspace, { SLIPWAY_PERSON: 'ada@shop.example' });
  await server.start();
}, PATIENCE);

afterAll(async () => {
  await server.stop();
  rmSync(workspace, { recursive: true, force: true });
});

describe('what is deployed asks the server for what it has', () => {
  test.each(PROBES)('the probe of %s is answered without a token', async (path) => {
    expect((await fetch(`${server.url}${path}`)).status).toBe(200);
  });

  const scrape = () => {
    const path = template?.metadata?.annotations?.['prometheus.io/path'];
    const token = readFileSync(join(workspace, '.slipway/token'), 'utf8').trim();
    return fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  };

  test('the scrape finds the metrics, with a token', async () => {
    const answer = await scrape();
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('slipway_build_info')]);
  });

  test.skipIf(!hasPromtool)(
    `Prometheus' own tool finds nothing to blame in them${hasPromtool ? '' : ' (skipped: promtool is not installed)'}`,
    async () => {
      const input = await (await scrape()).text();
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
      expect([status, stdout, stderr]).toEqual([0, '', '']);
    },
  );

  test.each(podSpecs().map(({ containers }) => containers[0]?.args ?? []))(
    '%s %s %s %s %s %s: options that the server has',
    (...args) => {
      // An address that is none is the first thing it refuses once it has read its options.
      const main = join(ROOT, 'packages/server/src/main.ts');
      const run = (more: readonly string[]) =>
        spawnSync(process.execPath, [main, ...args, ...more], { encoding: 'utf8' });
      expect(run(['--listen', 'nowhere at all']).stderr).toContain('is not an address');
      expect(run(['--lissten', 'x']).stderr).toContain("Unknown option '--lissten'");
    },
    PATIENCE,
  );

  test('the environment has names that the server reads', () => {
    const source = globSync('packages/server/src/**/*.ts', { cwd: ROOT, exclude: ['**/*.test.ts'] })
      .map(read)
      .join('\n');
    const names = podSpecs().flatMap(({ containers }) => (containers[0]?.env ?? []).map(({ name }) => name));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(source).toContain(`environment['${name}']`);
  });
});

interface Check {
  readonly of: string;
  readonly command: readonly string[];
  readonly route: string;
}

const line =
  read('deploy/docker/Dockerfile')
    .split('\n')
    .find((each) => each.startsWith('HEALTHCHECK ')) ?? '';
const CHECKS: readonly Check[] = [
  {
    of: 'the image',
    command: texts(line.slice(line.indexOf('CMD ') + 4)),
    route: '/healthz',
  },
  {
    of: "the first token's pod",
    command: only(Pod).spec?.containers[0]?.readinessProbe?.exec?.command ?? [],
    route: '/readyz',
  },
];

describe.each(CHECKS)('the check of $of', ({ command, route }) => {
  const exitCode = (url: string) => {
    const [, ...args] = command.map((argument) => argument.replace(`http://${DEFAULT_LISTEN}`, url));
    return new Promise<number | null>((ended) => {
      execFile(process.execPath, args).once('exit', ended);
    });
  };

  test('is content with a server that is well', async () => {
    expect(command.join(' ')).toContain(`http://${DEFAULT_LISTEN}${route}'`);
    expect(await exitCode(server.url)).toBe(0);
  });

  test('is not with one that is not there, or answers with an error', async () => {
    expect(await exitCode('http://127.0.0.1:1')).toBe(1);
    const broken = createServer((_, answer) => answer.writeHead(500).end());
    await new Promise<void>((listening) => broken.listen(0, '127.0.0.1', listening));
    const address = broken.address();
    expect(await exitCode(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)).toBe(1);
    broken.close();
  });
});
