import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { oneLine } from '../metric-sources/common/one-line.ts';

/** What a refusal is told with. */
export interface Asked {
  /** The plan's key that names the secret with the database's URL. */
  readonly key: string;
  readonly tookTooLong: boolean;
}

/**
 * PostgreSQL's refusal in words of ours, with what to do. Only messages about the query's own text are repeated: others may hold
 * the user, the host or data. Without `cause`, for the same reason.
 */
export function errorOf(error: unknown, { key, tookTooLong }: Asked): TerminalError | RetryableError {
  if (error instanceof TerminalError || error instanceof RetryableError) return error;
  const code = codeOf(error);
  if (tookTooLong || code === '57014')
    return new RetryableError('PostgreSQL did not answer in time: make the query faster, or raise timeout');
  if (code === null) return new RetryableError('the connection to PostgreSQL failed: look at its log');
  const known = byCode(code, error instanceof Error ? error.message : '', key);
  if (known !== null) return new TerminalError(known);
  if (/^[0-9A-Z]{5}$/.test(code))
    return new RetryableError(`PostgreSQL refused the reading (${code}): look at its log`);
  return new RetryableError(`PostgreSQL cannot be reached (${code}): is it running, and the host in ${key} right?`);
}

/** By class of SQLSTATE, appendix A of PostgreSQL's manual. */
function byCode(code: string, message: string, key: string): string | null {
  if (code.startsWith('28')) return `PostgreSQL refuses the user or the password (${code}): check the secret in ${key}`;
  if (code === '3D000') return `PostgreSQL has no such database (3D000): check the secret in ${key}`;
  if (code === '42501') return `PostgreSQL refuses (${oneLine(message)}): grant the role select`;
  if (code.startsWith('25')) return `the query would write (${oneLine(message)}): give a select`;
  if (code.startsWith('42')) return `PostgreSQL refuses the query: ${oneLine(message)}`;
  if (code.startsWith('22')) return `PostgreSQL cannot work out the query (${code}): try it with a version by hand`;
  return null;
}

function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
