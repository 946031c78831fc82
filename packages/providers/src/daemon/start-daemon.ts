import { spawn } from 'node:child_process';
import { closeSync, fstatSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Json } from '@slipway/provider-kit';
import { minimalEnv, TerminalError } from '@slipway/provider-kit';
import type { ConnectOptions } from './connect-daemon.ts';
import { filesOf } from './daemon-files.ts';
import { openLog } from './log-file.ts';
import { startVariable } from './wire.ts';

export interface EnsureOptions extends ConnectOptions {
  /** The daemon's main file: it calls `serveDaemon`. */
  readonly entry: URL;
  /** Handed to a daemon that is started, ignored by one that runs. At most 64 kB; no secrets (it passes through the environment). */
  readonly settings: Json;
  readonly startTimeoutMs: number;
}

export interface StartedDaemon {
  /** Undefined when it could not be started at all. */
  readonly pid: number | undefined;
  /** Where in the log this start begins, bytes. */
  readonly logFrom: number;
  /** Resolves at its end; never rejects. */
  readonly ended: Promise<void>;
  /** Its exit code, the signal or reason of its end; undefined while it lives. */
  end(): number | string | undefined;
  /** Kills it; from then on this process waits for its end. */
  kill(): void;
}

const maxSettingsBytes = 64_000;

/** Starts the daemon's process in a session of its own: neither our end nor a Ctrl-C in our terminal reaches it. */
export function startDaemon(options: EnsureOptions): StartedDaemon {
  const files = filesOf(options);
  const start = JSON.stringify({ directory: files.directory, name: options.name, settings: options.settings });
  if (Buffer.byteLength(start) > maxSettingsBytes) {
    throw new TerminalError(`The settings of the daemon ${options.name} are over ${maxSettingsBytes} bytes`);
  }
  const log = openLog(files.log);
  const logFrom = fstatSync(log).size;
  const child = spawn(process.execPath, [fileURLToPath(options.entry)], {
    cwd: files.directory,
    detached: true,
    env: { ...minimalEnv(process.env), ...compiledCode(), [startVariable]: start },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let end: number | string | undefined;
  const ended = new Promise<void>((resolve) => {
    const finish = (how: number | string): void => {
      end = how;
      resolve();
    };
    child.once('exit', (code, signal) => finish(signal ?? code ?? 'unknown'));
    child.once('error', (error) => finish(error.message));
  });
  const kill = (): void => {
    child.ref();
    child.kill('SIGKILL');
  };
  return { pid: child.pid, logFrom, ended, end: () => end, kill };
}

/** The folder in which Node keeps compiled code, where it was told one: with it a daemon is there in half the time. */
function compiledCode(): Readonly<Record<string, string>> {
  const folder = process.env['NODE_COMPILE_CACHE'];
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}
