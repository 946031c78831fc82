import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Endpoint } from '../api/endpoint.ts';
import type { Context } from '../context.ts';
import { Failure, reasonOf } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';

export interface ServerOptions {
  readonly server?: string | undefined;
  readonly tokenFile?: string | undefined;
}

/** The server that the user names by --server or SLIPWAY_SERVER; null where none is named. Throws Failure. */
export function namedServer(options: ServerOptions, context: Context, m: Messages): Endpoint | null {
  const written = options.server ?? context.env['SLIPWAY_SERVER'];
  if (written === undefined || written === '') {
    if (options.tokenFile !== undefined) throw new Failure('wrong-input', m.failures.tokenWithoutServer);
    return null;
  }
  return { url: parseUrl(written, m), token: findToken(options, context, m) };
}

/** `localhost:7070` is meant as http://localhost:7070. */
function parseUrl(written: string, m: Messages): URL {
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new Failure('wrong-input', m.failures.noUrl(written));
  if (url.username !== '' || url.password !== '') throw new Failure('wrong-input', m.failures.secretInUrl);
  return url;
}

function findToken(options: ServerOptions, context: Context, m: Messages): string {
  const { tokenFile } = options;
  const token = tokenFile === undefined ? context.env['SLIPWAY_TOKEN'] : readToken(resolve(context.cwd, tokenFile), m);
  if (token === undefined || token.trim() === '') throw new Failure('unauthenticated', m.failures.noToken);
  // Anything else makes an invalid header, and the error about that would show the token.
  if (!/^[\x21-\x7E]+$/.test(token.trim())) throw new Failure('unauthenticated', m.failures.badToken);
  return token.trim();
}

function readToken(file: string, m: Messages): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 10_000);
  } catch (error) {
    throw new Failure('wrong-input', m.failures.unreadable(file, reasonOf(error)));
  }
}

/** Whether a token sent there can be read on the way. */
export function isUnprotected(url: URL): boolean {
  const { hostname } = url;
  const here = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  return url.protocol === 'http:' && !here;
}
