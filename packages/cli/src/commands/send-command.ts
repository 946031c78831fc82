import type { LaunchCommand, LaunchView } from '@slipway/contract';
import type { Api } from '../api/api.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { act } from '../render/act.ts';
import { Pen } from '../render/pen.ts';
import type { Session } from '../session.ts';
import { chooseActive, launchFlag } from './choose-launch.ts';

/** Sends one command to the launch and says what came of it. Throws Failure. */
export async function sendCommand(session: Session, command: LaunchCommand, said: Said): Promise<ExitCode> {
  const api = await connect(session);
  const launch = await chooseActive(session, api);
  return deliver(session, api, { launch, command, said });
}

export interface Delivery {
  readonly launch: string;
  readonly command: LaunchCommand;
  readonly said: Said;
}

/** What to say when the server has taken it; it may need the launch as it is now. */
export type Said = string | ((view: LaunchView, pen: Pen) => string);

export async function deliver(session: Session, api: Api, delivery: Delivery): Promise<ExitCode> {
  const view = await api.command(delivery.launch, delivery.command);
  if (session.json) session.printJson(view);
  else session.print(outcome(session, view, delivery.said));
  return EXIT.ok;
}

function outcome(session: Session, view: LaunchView, said: Said): string[] {
  const pen = new Pen({ ...session.screen(), launchFlag: launchFlag(session) });
  const waiting = view.waitingFor.length === 0 ? [] : act(view, pen);
  return [
    ...pen.hang('', typeof said === 'string' ? said : said(view, pen), 'bold'),
    ...pen.hang('', pen.join(session.m.states[view.state], view.headline)),
    ...waiting,
  ];
}
