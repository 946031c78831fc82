import type { LaunchSummary } from '@slipway/contract';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { launchMark } from '../render/words.ts';
import type { Session } from '../session.ts';
import { dateAndTime } from '../terminal/numbers.ts';

export function addList(cli: Cli): void {
  cli.verb('list', 'list', list);
}

async function list(session: Session): Promise<ExitCode> {
  const launches = await (await connect(session)).launches();
  if (session.json) session.printJson(launches);
  else if (launches.length === 0) session.print([session.pen().clean(session.m.failures.noLaunch)]);
  else session.print(launches.flatMap((launch) => entry(session, launch)));
  return EXIT.ok;
}

/** In this machine's zone: a summary does not name the launch's. */
function entry(session: Session, launch: LaunchSummary): string[] {
  const pen = session.pen();
  const mark = launchMark(launch.state, pen.symbols);
  const word = pen.clean(session.m.states[launch.state]);
  const { name, version } = launch.artifact;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [
    ...pen.hang(
      '',
      pen.join(launch.id, `${name} ${version}`, launch.title, dateAndTime(launch.startedAt, zone)),
      'bold',
    ),
    ...pen.hang(`  ${pen.paint(mark.style, `${mark.symbol} ${word}`)} ${pen.symbols.dot} `, launch.headline),
  ];
}
