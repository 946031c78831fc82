import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LISTEN, STOP_GRACE } from '@slipway/server';
import { describe, expect, test } from 'vitest';
import { read } from './deployed.ts';

const UNIT = read('deploy/systemd/slipway.service');

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
const where = hasSystemd ? '' : ' (skipped: systemd-analyze is not installed)';

/** What systemd says of a unit; the command that it runs is replaced by one that this machine has. */
function complaints(unit: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-unit-'));
  const file = join(folder, 'slipway.service');
  writeFileSync(file, unit.replace('/usr/local/bin/slipway', process.execPath));
  try {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
    return status === 0 && !stderr.includes(file) ? '' : stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the systemd unit', () => {
  test.skipIf(!hasSystemd)(`is one that systemd takes${where}`, () => {
    expect(complaints(UNIT)).toBe('');
  });

  test.skipIf(!hasSystemd).each([
    ['a misspelt key', UNIT.replace('KillMode', 'KillMood')],
    ['a value that is none', UNIT.replace('KillMode=mixed', 'KillMode=gently')],
    ['a command that there is not', UNIT.replace('/usr/local/bin/slipway', '/nowhere/slipway')],
  ])(`would be refused with %s${where}`, (_, damaged) => {
    expect(damaged).not.toBe(UNIT);
    expect(complaints(damaged)).not.toBe('');
  });

  test('waits for longer than the server takes to stop, and listens where it does', () => {
    const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(UNIT)?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(STOP_GRACE / 1000 + 11);
    expect(UNIT).toContain(`--listen ${DEFAULT_LISTEN} `);
  });

  test('runs a command that exists, with options that it has', () => {
    const [, verb = '', ...options] = (/^ExecStart=(.+)$/m.exec(UNIT)?.[1] ?? '').split(' ');
    const help = execFileSync(
      process.execPath,
      [join(import.meta.dirname, '../../packages/cli/bin/slipway.mjs'), verb, '--help'],
      {
        encoding: 'utf8',
      },
    );
    for (const option of options.filter((each) => each.startsWith('--'))) expect(help).toContain(`${option} `);
  });

  test('is the one that the documentation shows', () => {
    expect(read('docs/how-to/run-on-postgres.md')).toContain(`\`\`\`text\n${UNIT}\`\`\``);
  });
});
