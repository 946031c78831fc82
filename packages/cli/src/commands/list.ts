import type { LaunchList, LaunchSummary } from '@slipway/contract';
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
  const found = await (await connect(session)).launches();
  if (session.json) session.printJson(found);
  else session.print(lines(session, found));
  return EXIT.ok;
}

function lines(session: Session, { launches, unreadable, omitted }: LaunchList): string[] {
  const pen = session.pen();
  const { list: words, failures } = session.m;
  const all = [
    ...unreadable.flatMap((id) => pen.hang(`${pen.paint('red', pen.symbols.failed)} `, words.unreadable(id))),
    ...launches.flatMap((launch) => entry(session, launch)),
    ...(omitted === 0 ? [] : pen.hang('', words.omitted(omitted), 'dim')),
  ];
  return all.length === 0 ? [pen.clean(failures.noLaunch)] : all;
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
