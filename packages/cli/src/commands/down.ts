import type { LaunchView } from '@slipway/contract';
import { z } from 'zod';
import { Api } from '../api/api.ts';
import type { Cli } from '../cli.ts';
import { serverOptions } from '../connection/connect.ts';
import { isHealthy } from '../connection/health.ts';
import { findDataFolder, type LocalServer, readLocalServer } from '../connection/local-server.ts';
import { stopServer } from '../connection/stop-server.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure, reasonOf } from '../failure.ts';
import type { Session } from '../session.ts';
import { share } from '../terminal/numbers.ts';
import { isUnderWay } from './choose-launch.ts';

const options = serverOptions.extend({
  environments: z.boolean().default(false),
  force: z.boolean().default(false),
});

export function addDown(cli: Cli): void {
  cli
    .verb('down', 'down', down)
    .option('--environments', cli.m.options.environments)
    .option('--force', cli.m.options.forceDown);
}

/** Ends the server that runs here. Only ever a local one: a server of the team is not ours to stop. */
async function down(session: Session): Promise<ExitCode> {
  const { context, m } = session;
  const { environments: withEnvironments, force } = session.options(options);
  refuseNamed(session);
  const folder = findDataFolder(context.cwd);
  const server = folder === null ? null : readLocalServer(folder, m);
  if (server === null) {
    if (session.json) session.printJson({ stopped: null, environments: [] });
    else session.print([session.pen().clean(m.down.nothing)]);
    return EXIT.ok;
  }
  if (!force && (await isHealthy(server.endpoint.url))) await refuseUnderWay(session, server);
  const environments = withEnvironments ? await shutDownEnvironments(session, server) : [];
  await stopServer(server, context, m);
  if (session.json) session.printJson({ stopped: server.pid, environments });
  else session.print([session.pen().clean(m.down.stopped(server.pid))]);
  return EXIT.ok;
}

/** Whoever names a server means that one, and would find the one of this folder stopped. */
function refuseNamed(session: Session): void {
  const { server, tokenFile } = session.options(serverOptions);
  const named = server ?? session.context.env['SLIPWAY_SERVER'] ?? '';
  if (named !== '') throw new Failure('not-allowed', session.m.down.named(named));
  if (tokenFile !== undefined) throw new Failure('wrong-input', session.m.failures.tokenWithoutServer);
}

/** Without its server a launch is not watched, and nothing takes it back: that takes a second word. Throws Failure. */
async function refuseUnderWay(session: Session, server: LocalServer): Promise<void> {
  const { views, unreadable } = await launchesUnderWay(session, new Api(async () => server.endpoint, session.m));
  const lines = [
    ...views.flatMap((view) => underWay(session, view)),
    ...unreadable.map((id) => `  ${session.pen().clean(session.m.down.unreadable(id))}`),
  ];
  if (lines.length > 0) throw new Failure('not-now', session.m.down.underWay(views.length + unreadable.length), lines);
}

interface UnderWay {
  readonly views: readonly LaunchView[];
  /** Ids of launches that may be under way: nobody can tell. */
  readonly unreadable: readonly string[];
}

async function launchesUnderWay(session: Session, api: Api): Promise<UnderWay> {
  try {
    const { launches, unreadable } = await api.launches();
    const active = launches.filter(isUnderWay);
    return { views: await Promise.all(active.map((launch) => api.launch(launch.id))), unreadable };
  } catch (error) {
    // Not to know is not to be safe.
    throw new Failure('unavailable', session.m.down.cannotLook(reasonOf(error)));
  }
}

function underWay(session: Session, view: LaunchView): string[] {
  const pen = session.pen();
  const { down: words, states, language } = session.m;
  const unwatched = view.environments.flatMap(({ name, split }) =>
    split
      .filter(({ version, weight }) => version === view.artifact.version && weight > 0)
      .map(({ version, weight }) => words.unwatched(name, version, share(weight, language))),
  );
  const lines = [pen.join(view.id, states[view.state], view.headline), ...unwatched.map((text) => `  ${text}`)];
  return lines.map((text) => `  ${text}`);
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
  const launches = (await api.launches()).launches.slice(0, LOOK_BACK);
  const views = await Promise.all(launches.map((launch) => api.launch(launch.id)));
  return new Set(views.flatMap((view) => view.environments.map(({ name }) => `${view.artifact.name}.${name}`)));
}
