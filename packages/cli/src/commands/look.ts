import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { renderLaunch } from '../render/render-launch.ts';
import type { Session } from '../session.ts';
import { watchLaunch } from '../watch/watch-launch.ts';
import { chooseAny, launchFlag } from './choose-launch.ts';

export function addStatus(cli: Cli): void {
  cli.verb('status', 'status', status).option('--launch <id>', cli.m.options.launch);
}

export function addWatch(cli: Cli): void {
  cli
    .verb('watch', 'watch', watch)
    .option('--launch <id>', cli.m.options.launch)
    .option('--until-held', cli.m.options.untilHeld);
}

/** Says how the launch stands; that it could be asked is success, whatever the launch's state. */
async function status(session: Session): Promise<ExitCode> {
  const api = await connect(session);
  const view = await api.launch(await chooseAny(session, api));
  if (session.json) session.printJson(view);
  else session.print(renderLaunch(view, { ...session.screen(), launchFlag: launchFlag(session) }));
  return EXIT.ok;
}

const watchOptions = z.object({ untilHeld: z.boolean().default(false) });

async function watch(session: Session): Promise<ExitCode> {
  const { untilHeld } = session.options(watchOptions);
  const api = await connect(session);
  const launch = await chooseAny(session, api);
  return watchLaunch(session, api, { launch, untilHeld, launchFlag: launchFlag(session) });
}
