import { execFile } from 'node:child_process';
import { BIN } from '../../../test/e2e/support/command-line.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
  /** From the start of the process to its end. */
  readonly milliseconds: number;
}

export interface Where {
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** More than any report takes. */
const MOST_BYTES = 256_000_000;

/** The `slipway` command in a process of its own, as a person starts it. Rejects when it cannot be started, or is to end. */
export function runSlipway({ folder, signal }: Where, argv: readonly string[]): Promise<Ran> {
  signal.throwIfAborted();
  const env = { ...process.env, LANG: 'C.UTF-8', NO_COLOR: '1', CI: '' };
  const begin = performance.now();
  return new Promise((done, fail) => {
    const order = { cwd: folder, env, signal, maxBuffer: MOST_BYTES };
    execFile(process.execPath, [BIN, ...argv], order, (error, out, errors) => {
      const milliseconds = performance.now() - begin;
      if (error === null) return done({ code: 0, out, errors, milliseconds });
      if (typeof error.code !== 'number') return fail(error);
      return done({ code: error.code, out, errors, milliseconds });
    });
  });
}

/** Its output, read as JSON. Throws where it ended otherwise than it has to. */
export function jsonOf<T>(ran: Ran, code = 0): T {
  if (ran.code !== code) throw new Error(`slipway ended with ${ran.code}, not with ${code}: ${ran.errors}${ran.out}`);
  return JSON.parse(ran.out) as T;
}
