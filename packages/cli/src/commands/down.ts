import { z } from 'zod';
import { Api } from '../api/api.ts';
import type { Cli } from '../cli.ts';
import { findDataFolder, type LocalServer, readLocalServer } from '../connection/local-server.ts';
import { stopServer } from '../connection/stop-server.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';

const options = z.object({ environments: z.boolean().default(false) });

export function addDown(cli: Cli): void {
  cli.verb('down', 'down', down).option('--environments', cli.m.options.environments);
}

/** Ends the server that runs here. Only ever a local one: a server of the team is not ours to stop. */
async function down(session: Session): Promise<ExitCode> {
  const { context, m } = session;
  const folder = findDataFolder(context.cwd);
  const server = folder === null ? null : readLocalServer(folder, m);
  if (server === null) {
    if (session.json) session.printJson({ stopped: null, environments: [] });
    else session.print([session.pen().clean(m.down.nothing)]);
    return EXIT.ok;
  }
  const environments = session.options(options).environments ? await shutDownEnvironments(session, server) : [];
  await stopServer(server, context, m);
  if (session.json) session.printJson({ stopped: server.pid, environments });
  else session.print([session.pen().clean(m.down.stopped(server.pid))]);
  return EXIT.ok;
}

/** As many launches as are looked through for the names of environments. */
const LOOK_BACK = 20;

async function shutDownEnvironments(session: Session, server: LocalServer): Promise<string[]> {
  const api = new Api(async () => server.endpoint, session.m);
  const names = await environmentNames(api);
  const done: string[] = [];
  for (const name of names) {
    try {
      await api.shutDownEnvironment(name);
      done.push(name);
      session.note(session.m.down.environment(name));
    } catch (error) {
      // Not every environment is a local one; one that is in use is a reason to stop here.
      if (!(error instanceof Failure) || error.code !== 'not-found') throw error;
    }
  }
  return done;
}

async function environmentNames(api: Api): Promise<ReadonlySet<string>> {
  const launches = (await api.launches()).slice(0, LOOK_BACK);
  const views = await Promise.all(launches.map((launch) => api.launch(launch.id)));
  return new Set(views.flatMap((view) => view.environments.map(({ name }) => `${view.artifact.name}.${name}`)));
}
