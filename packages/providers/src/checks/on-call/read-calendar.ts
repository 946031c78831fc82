import { resolve } from 'node:path';
import { type ProviderContext, readSettings, RetryableError, TerminalError } from '@slipway/provider-kit';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import type { OnCallCheckConfig } from './schema.ts';

/** UTF-8 bytes: as much as a calendar of freezes may have. */
const MOST = 1_000_000;

type Context = ProviderContext<'directory' | 'http' | 'secret'>;

/** The text of a calendar. What cannot be read may be there at the next try: throws RetryableError. */
export async function readCalendar({ calendar, timeout }: OnCallCheckConfig, context: Context): Promise<string> {
  if ('file' in calendar) return await textOfFile(calendar.file, context);
  const url = typeof calendar.url === 'string' ? calendar.url : await context.secret(calendar.url);
  const headers = await readSettings(calendar.headers, context.secret);
  const { signal } = context;
  const response = await context.http.request({
    method: 'GET',
    url,
    headers,
    timeoutMs: timeout,
    signal,
    maxBytes: MOST,
  });
  if (response.status !== 200) throw new RetryableError(`the calendar cannot be read: it answers ${response.status}`);
  if (response.cut) throw new RetryableError('the calendar cannot be read: it has more than 1 MB');
  return response.body;
}

async function textOfFile(file: string, { directory }: Context): Promise<string> {
  try {
    const text = await readBoundedFile(resolve(directory, file), MOST);
    if (text !== null) return text;
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
  }
  throw new RetryableError(`the calendar ${file} cannot be read: it is not there, is no file, or has more than 1 MB`);
}
