import type { LaunchView, PlanText } from '@slipway/contract';
import { z } from 'zod';
import type { Api } from '../api/api.ts';
import type { Cli } from '../cli.ts';
import { connectOrStart } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { inCi } from '../terminal/capabilities.ts';
import { watchLaunch } from '../watch/watch-launch.ts';
import { flagAmongOthers } from './choose-launch.ts';
import { planDirectory } from './plan-directory.ts';
import { readPlan } from './read-plan.ts';
import { urgencyOption } from './urgency-option.ts';

const options = z.object({
  watch: z.boolean(),
  untilHeld: z.boolean().optional(),
});

export function addStart(cli: Cli): void {
  const { options: words } = cli.m;
  cli
    .verb('start [file]', 'start', start)
    .option('--artifact-version <version>', words.artifactVersion)
    .addOption(urgencyOption(words.urgency))
    .option('--directory <folder>', words.directory)
    .option('--no-watch', words.noWatch)
    .option('--until-held', words.untilHeldInCi)
    .option('--no-until-held', words.noUntilHeld);
}

async function start(session: Session): Promise<ExitCode> {
  const { watch, untilHeld } = session.options(options);
  const begun = await begin(session, readPlan(session));
  if (begun === null) {
    session.note(session.m.start.nothing);
    return EXIT.left;
  }
  const { api, view, flag, left } = begun;
  if (!watch) {
    if (session.json) session.printJson(view);
    else session.print([session.pen().clean(session.m.start.started(view.id, view.headline))]);
    return EXIT.ok;
  }
  session.note(session.m.start.started(view.id, view.headline));
  if (left) {
    session.note(session.m.watch.left(flag));
    return EXIT.left;
  }
  const isTerminal = session.context.output.isTTY === true && !inCi(session.context.env);
  return watchLaunch(session, api, { launch: view.id, launchFlag: flag, untilHeld: untilHeld ?? !isTerminal });
}

interface Begun {
  readonly api: Api;
  readonly view: LaunchView;
  /** What commands that are shown need to name the launch. */
  readonly flag: string;
  /** The user wanted to leave while it began. */
  readonly left: boolean;
}

/** A server where there is none, then the launch; null where the user left before. Whatever fails, no server is left behind. */
async function begin(session: Session, plan: PlanText): Promise<Begun | null> {
  const left = new AbortController();
  const stopListening = session.context.onStop(() => left.abort());
  try {
    const started = await connectOrStart(session, left.signal);
    try {
      const view = await startLaunch(session, started.api, { plan, signal: left.signal });
      if (started.server !== null) session.note(session.m.start.serverStarted(started.server.endpoint.url.origin));
      const flag = await flagAmongOthers(started.api, view.id);
      return { api: started.api, view, flag, left: left.signal.aborted };
    } catch (error) {
      await started.undo();
      throw error;
    }
  } catch (error) {
    // Any other error says what may have been left, also to somebody who wants to leave.
    if (left.signal.aborted && error === left.signal.reason) return null;
    throw error;
  } finally {
    stopListening();
  }
}

/** Once the request is on its way, it is waited for: nobody may think that nothing was started when it was. */
async function startLaunch(
  session: Session,
  api: Api,
  { plan, signal }: { plan: PlanText; signal: AbortSignal },
): Promise<LaunchView> {
  const { workspace } = await api.server();
  const directory = planDirectory(session, plan.file, workspace);
  signal.throwIfAborted();
  return api.start({ ...plan, directory });
}
