import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './real-server.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
  /** On both outputs. */
  readonly said: string;
}

export interface Where {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export const BIN = join(ROOT, 'packages/cli/bin/slipway.mjs');
/** Bytes: the JSON Schema of a plan is some 1.1 MB. */
const MOST_PRINTED = 16 * 1024 * 1024;

/** The `slipway` command, as a person in this folder gives it. */
export function slipway({ folder, environment = {} }: Where, ...argv: readonly string[]): Promise<Said> {
  const env = { ...process.env, LANG: 'C.UTF-8', NO_COLOR: '1', CI: '', ...environment };
  return new Promise((done) => {
    execFile(process.execPath, [BIN, ...argv], { cwd: folder, env, maxBuffer: MOST_PRINTED }, (error, out, errors) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      done({ code, out, errors, said: `${out}${errors}` });
    });
  });
}
