import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { NodeApp } from './project.ts';

/** One key that is wrong takes nothing away from the others. */
const packageJson = z.object({
  name: z.string().optional().catch(undefined),
  version: z.string().optional().catch(undefined),
  scripts: z.record(z.string(), z.string().optional().catch(undefined)).catch({}),
});

export type PackageJson = z.infer<typeof packageJson>;

/** package.json; null where there is none. */
export function readPackage(folder: string): PackageJson | 'unreadable' | null {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return null;
  try {
    return packageJson.parse(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  } catch {
    return 'unreadable';
  }
}

export function findNodeApp(folder: string, { scripts }: PackageJson): NodeApp {
  const packageManager = managerOf(folder);
  return {
    packageManager,
    start: scripts['start'] === undefined ? null : startWords(scripts['start'], packageManager),
    // npm init writes a test script that only fails.
    hasTests: scripts['test'] !== undefined && !scripts['test'].includes('no test specified'),
    hasBuild: scripts['build'] !== undefined,
  };
}

const LOCK_FILES = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
] as const;

function managerOf(folder: string): string {
  return LOCK_FILES.find(([file]) => existsSync(join(folder, file)))?.[1] ?? 'npm';
}

/** `node server.js` itself gets the signal to end; behind a package manager it may not. */
function startWords(script: string, packageManager: string): string[] {
  const direct = /^node( [\w./=@-]+)+$/.test(script);
  return direct ? script.split(' ') : [packageManager, 'run', 'start'];
}
