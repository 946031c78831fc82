import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../../test/e2e/support/real-server.ts';

export const UNLEASH_VERSION = '8.2.0';

/** Minutes of a slow line, in milliseconds. */
const PATIENCE = 600_000;

/**
 * Where Unleash's server lies. It is no dependency of ours: its licence is the AGPL, and it brings some 400 packages. So it is put into
 * a cache when it is asked for, with none of its scripts run. Rejects with the reason where that does not work.
 */
export async function installUnleash(): Promise<string> {
  const folder = join(ROOT, 'node_modules/.cache/bench-unleash', UNLEASH_VERSION);
  const program = join(folder, 'node_modules/unleash-server/dist/server.js');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const argv = ['install', '--prefix', folder, ...quiet, `unleash-server@${UNLEASH_VERSION}`];
  await promisify(execFile)('npm', argv, { cwd: folder, timeout: PATIENCE });
  if (!existsSync(program)) throw new Error(`npm installed unleash-server, but ${program} is not there`);
  return program;
}
