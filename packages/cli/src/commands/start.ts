import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { LaunchView, PlanText } from '@slipway/contract';
import { z } from 'zod';
import type { Api } from '../api/api.ts';
import type { Cli } from '../cli.ts';
import { connectOrStart } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { inCi } from '../terminal/capabilities.ts';
import { watchLaunch } from '../watch/watch-launch.ts';
import { planFile, readPlan } from './read-plan.ts';

const options = z.object({
  watch: z.boolean(),
  untilHeld: z.boolean().optional(),
  directory: z.string().min(1).max(4000).optional(),
});

export function addStart(cli: Cli): void {
  const { options: words } = cli.m;
  cli
    .verb('start [file]', 'start', start)
    .option('--artifact-version <version>', words.artifactVersion)
    .option('--directory <folder>', words.directory)
    .option('--no-watch', words.noWatch)
    .option('--until-held', words.untilHeldInCi)
    .option('--no-until-held', words.noUntilHeld);
}

async function start(session: Session): Promise<ExitCode> {
  const { watch, untilHeld } = session.options(options);
  const plan = readPlan(session);
  const started = await connectOrStart(session);
  let view: LaunchView;
  try {
    view = await startLaunch(session, started.api, plan);
  } catch (error) {
    await started.undo();
    throw error;
  }
  if (started.server !== null) session.note(session.m.start.serverStarted(started.server.endpoint.url.origin));
  if (!watch) {
    if (session.json) session.printJson(view);
    else session.print([session.pen().clean(session.m.start.started(view.id, view.headline))]);
    return EXIT.ok;
  }
  session.note(session.m.start.started(view.id, view.headline));
  const flag = { launchFlag: '', untilHeld: untilHeld ?? inCi(session.context.env) };
  return watchLaunch(session, started.api, { launch: view.id, ...flag });
}

async function startLaunch(session: Session, api: Api, plan: PlanText): Promise<LaunchView> {
  const { workspace } = await api.server();
  return api.start({ ...plan, directory: planDirectory(session, workspace) });
}

/** The plan's folder as the server sees it. Throws Failure where it lies outside what the server may read. */
function planDirectory(session: Session, workspace: string): string {
  const { directory } = session.options(options);
  if (directory !== undefined) return directory;
  const folder = dirname(resolve(session.context.cwd, planFile(session)));
  const path = relative(workspace, folder);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path))
    throw new Failure('wrong-input', session.m.failures.planOutside(workspace));
  return path === '' ? '.' : path.replaceAll(sep, '/');
}
