import { spawnSync } from 'node:child_process';
import { missingPackages } from './wanted.ts';

/**
 * Installs the servers that tests run, from Debian's packages, where they are missing and this user may. Returns what is still
 * missing: the tests of those are skipped, each with that reason in its name.
 */
export function ensureServers(): readonly string[] {
  const missing = missingPackages();
  if (missing.length === 0 || process.getuid?.() !== 0) return missing;
  if (apt('update')) apt('install', '--yes', '--no-install-recommends', ...missing);
  return missingPackages();
}

function apt(...args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Quiet when it works: what it says is of use only where it does not.
  const { status, stdout, stderr } = spawnSync('apt-get', ['--quiet', ...args], { env, encoding: 'utf8' });
  if (status !== 0) console.error(`apt-get ${args.join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}`);
  return status === 0;
}
