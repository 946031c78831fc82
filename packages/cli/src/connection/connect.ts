import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Api } from '../api/api.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { withEphemeralServer } from './ephemeral-server.ts';
import { isHealthy } from './health.ts';
import { DATA_FOLDER, findDataFolder, type LocalServer, readLocalServer } from './local-server.ts';
import { isUnprotected, namedServer } from './named-server.ts';
import { startServer } from './start-server.ts';
import { stopServer } from './stop-server.ts';

export const serverOptions = z.object({ server: z.string().optional(), tokenFile: z.string().optional() });

/** The API of the server that is named, or that runs here. Throws Failure where none does. */
export async function connect(session: Session): Promise<Api> {
  const found = await tryConnect(session);
  if (found !== null) return found;
  const folder = findDataFolder(session.context.cwd);
  throw new Failure('unavailable', session.m.failures.nothingRuns(folder));
}

/** For verbs that only look at a plan: with no server at hand, one of its own for a moment. Throws Failure. */
export async function withAnyServer<T>(session: Session, work: (api: Api) => Promise<T>): Promise<T> {
  const found = tryNamed(session) ?? (await tryLocal(session).catch(() => null));
  return found === null ? withOwnServer(session, work) : work(found);
}

/** A server of its own for a moment, on this machine. Throws Failure. */
async function withOwnServer<T>(session: Session, work: (api: Api) => Promise<T>): Promise<T> {
  const { context, m } = session;
  return withEphemeralServer(context, m, (endpoint) => work(new Api(async () => endpoint, m)));
}

export interface Started {
  readonly api: Api;
  /** The server that was started for this; null where one ran already. */
  readonly server: LocalServer | null;
  /** Ends the server that was started for this. */
  readonly undo: () => Promise<void>;
}

/** For starting a launch: with no server at hand, one that lives on. Throws Failure, or the reason of `stop`. */
export async function connectOrStart(session: Session, stop: AbortSignal): Promise<Started> {
  const { context, m } = session;
  const found = await tryConnect(session);
  if (found !== null) return { api: found, server: null, undo: async () => undefined };
  const folder = findDataFolder(context.cwd) ?? join(context.cwd, DATA_FOLDER);
  const server = await startServer(folder, context, { m, stop });
  return { api: localApi(folder, session), server, undo: () => stopServer(server, context, m) };
}

async function tryConnect(session: Session): Promise<Api | null> {
  return tryNamed(session) ?? tryLocal(session);
}

function tryNamed(session: Session): Api | null {
  const { context, m } = session;
  const named = namedServer(session.options(serverOptions), context, m);
  if (named === null) return null;
  if (isUnprotected(named.url)) session.note(m.failures.unprotected(named.url.origin));
  return new Api(async () => named, m);
}

async function tryLocal(session: Session): Promise<Api | null> {
  const { context, m } = session;
  const folder = findDataFolder(context.cwd);
  const local = folder === null ? null : readLocalServer(folder, m);
  if (folder === null || local === null) return null;
  // A file left by a server that died may name a process that took its number since.
  return (await isHealthy(local.endpoint.url)) ? localApi(folder, session) : null;
}

/** Looks the server up again each time: one that was started anew has another address. */
function localApi(folder: string, session: Session): Api {
  const { m } = session;
  return new Api(async () => {
    const server = readLocalServer(folder, m);
    if (server === null) throw new Failure('unavailable', m.failures.gone(dirname(folder)));
    return server.endpoint;
  }, m);
}
