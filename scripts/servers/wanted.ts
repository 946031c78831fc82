import { globSync } from 'node:fs';
import { isExecutable } from './is-executable.ts';

/** A server, or a browser, that tests run for real: Debian's package, and where its program lies once that is installed. */
export type Wanted = { package: string; programs: string };

/** Each test starts its own, on a loopback port of its own; nothing that the system runs is touched. */
export const WANTED: readonly Wanted[] = [
  { package: 'postgresql', programs: '/usr/lib/postgresql/*/bin/postgres' },
  { package: 'prometheus', programs: '/usr/bin/prometheus' },
  { package: 'haproxy', programs: '/usr/sbin/haproxy' },
  { package: 'nginx', programs: '/usr/sbin/nginx' },
  { package: 'chromium', programs: '/usr/bin/chromium' },
];

export function missingPackages(wanted: readonly Wanted[] = WANTED): readonly string[] {
  return wanted.filter(({ programs }) => !globSync(programs).some(isExecutable)).map((each) => each.package);
}
