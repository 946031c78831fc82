import type { ApiError } from '@slipway/contract';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** The verb cannot go on. The message is one line: what is wrong and what to do. */
export class Failure extends Error {
  readonly code: ApiError['code'];
  readonly exit: ExitCode;
  /** Further lines, such as the problems of a plan. */
  readonly details: readonly string[];

  constructor(code: ApiError['code'], message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.exit = exitOf(code);
    this.details = details;
  }
}

/** The server cannot be reached or its answer broke off: a reason, and apart from it what a person may do about it. */
export class Unreachable extends Failure {
  readonly reason: string;

  constructor(reason: string, advice: string) {
    super('unavailable', `${reason}${advice}`);
    this.name = 'Unreachable';
    this.reason = reason;
  }
}

/** Which exit code a refusal of the server, or of the command itself, has. */
function exitOf(code: ApiError['code']): ExitCode {
  switch (code) {
    case 'wrong-input':
    case 'not-found':
    case 'too-large':
      return EXIT.usage;
    case 'not-allowed':
    case 'not-now':
    case 'conflict':
    case 'unauthenticated':
      return EXIT.refused;
    case 'too-many':
    case 'unavailable':
    case 'internal':
      return EXIT.failure;
  }
}

/** One line of anything that was thrown, with the cause that fetch and spawn hide one level down. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const deeper = cause instanceof Error ? ` (${cause.message === '' ? codeOf(cause) : cause.message})` : '';
  return `${error.message}${deeper}`.replaceAll(/\s+/g, ' ');
}

/** The code that node gives to errors of the system, such as ENOENT; '' where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
