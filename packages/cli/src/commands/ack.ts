import type { LaunchCommand } from '@slipway/contract';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { chooseActive } from './choose-launch.ts';
import { deliver } from './send-command.ts';

const options = z.object({ by: z.string().trim().min(1).max(200).optional() });

/** Somebody is on it, and nobody is paged any more. The hold stays. */
export function addAck(cli: Cli): void {
  cli
    .verb('ack [launch] [page]', 'ack', ack)
    .option('--by <person>', cli.m.options.ackBy)
    .option('--launch <id>', cli.m.options.launch);
}

async function ack(session: Session): Promise<ExitCode> {
  const { by } = session.options(options);
  const { launch: named, page } = wordsOf(session);
  const api = await connect(session);
  const launch = named === '' ? await chooseActive(session, api) : named;
  const command: LaunchCommand = { type: 'acknowledge', page, ...(by === undefined ? {} : { by }) };
  return deliver(session, api, { launch, command, said: session.m.done.sent('ack') });
}

/** No launch is called by a number alone: a lone number is the page. */
function wordsOf(session: Session): { readonly launch: string; readonly page: number | null } {
  const [first, second] = [session.argument(0), session.argument(1)];
  if (second !== '') return { launch: first, page: pageOf(session, second) };
  return /^\d+$/.test(first) ? { launch: '', page: pageOf(session, first) } : { launch: first, page: null };
}

function pageOf(session: Session, written: string): number {
  if (/^[1-9]\d{0,4}$/.test(written)) return Number(written);
  throw new Failure('wrong-input', session.m.failures.noPage(written));
}
