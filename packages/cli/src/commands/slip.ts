import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { chooseActive } from './choose-launch.ts';
import { deliver } from './send-command.ts';

const options = z.object({
  to: z.string().min(1).max(30).optional(),
  by: z.string().min(1).max(30).optional(),
  reason: z.string().trim().min(1).max(2000),
});

/** Moves T-0, and all that is relative to it. */
export function addSlip(cli: Cli): void {
  const { options: words } = cli.m;
  cli
    .verb('slip [launch]', 'slip', slip)
    .option('--to <time>', words.slipTo)
    .option('--by <length>', words.slipBy)
    .requiredOption('--reason <text>', words.reason)
    .option('--launch <id>', words.launch);
}

async function slip(session: Session): Promise<ExitCode> {
  const { to, by, reason } = session.options(options);
  if ((to === undefined) === (by === undefined)) throw new Failure('wrong-input', session.m.calendar.toOrBy);
  const api = await connect(session);
  const named = session.argument(0);
  const launch = named === '' ? await chooseActive(session, api) : named;
  const where = to === undefined ? { by } : { to };
  return deliver(session, api, {
    launch,
    command: { type: 'slip', ...where, reason },
    said: session.m.calendar.slipped,
  });
}
