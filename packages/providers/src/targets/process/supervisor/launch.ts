import { spawn } from 'node:child_process';
import { closeSync, fstatSync, statSync } from 'node:fs';
import type { ProcessIdentity } from '@slipway/provider-kit';
import { findProcess, minimalEnv, TerminalError } from '@slipway/provider-kit';
import { openLog } from '../../../daemon/index.ts';
import type { VersionSpec } from '../version-spec.ts';

/** A running process of an instance, be it our child or one that a predecessor of this supervisor started. */
export interface InstanceProcess {
  readonly identity: ProcessIdentity;
  /** Resolves with how it ended; never rejects. */
  readonly ended: Promise<string>;
}

export interface LaunchOrder {
  readonly spec: VersionSpec;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
}

export interface Launched extends InstanceProcess {
  /** Where in the log its output begins, bytes. */
  readonly logFrom: number;
}

/**
 * Starts one process as the leader of a group of its own. Its output goes to a file, not to a pipe: it must not break when this
 * supervisor dies. Throws TerminalError when the program or the folder is missing.
 */
export async function launch(order: LaunchOrder, onPid: (identity: ProcessIdentity) => void): Promise<Launched> {
  const { spec } = order;
  refuseMissingDirectory(spec.directory);
  const [program, ...args] = spec.command;
  const log = openLog(order.log);
  const logFrom = fstatSync(log).size;
  const child = spawn(program, args, {
    cwd: spec.directory,
    detached: true,
    env: { ...minimalEnv(process.env), ...order.env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
    child.once('error', (error) => resolve(error.message));
  });
  if (child.pid === undefined) throw await notStarted(child, program);
  // In the same turn as the start: were we killed before it is recorded, only the mark in its environment would tell of it.
  const identity = { pid: child.pid, started: findProcess(child.pid)?.started ?? 'unknown' };
  onPid(identity);
  return { identity, ended, logFrom };
}

function refuseMissingDirectory(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new TerminalError(`The folder ${directory} to run it in does not exist: correct "directory" or create it`);
}

async function notStarted(child: ReturnType<typeof spawn>, program: string): Promise<TerminalError> {
  const error = await new Promise<NodeJS.ErrnoException>((resolve) => child.once('error', resolve));
  if (error.code === 'ENOENT') {
    return new TerminalError(`The program ${program} is not found: install it or correct "command"`);
  }
  if (error.code === 'EACCES') {
    return new TerminalError(`The program ${program} may not be run: make it executable or correct "command"`);
  }
  return new TerminalError(`The program ${program} cannot be started (${error.code ?? error.message})`);
}
