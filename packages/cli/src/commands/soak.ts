import { z } from 'zod';
import type { Cli } from '../cli.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { sendCommand } from './send-command.ts';

const extended = z.object({ by: z.string().min(1).max(30), reason: z.string().trim().min(1).max(2000) });

/** `slipway soak extend STEP`: only longer; it ends early by `slipway skip STEP`. */
export function addSoak(cli: Cli): void {
  const work = (session: Session): Promise<ExitCode> => {
    const { by, reason } = session.options(extended);
    const command = { type: 'extend-soak', step: session.argument(0), by, reason } as const;
    return sendCommand(session, command, session.m.done.sent('soak'));
  };
  cli
    .child(cli.group('soak'), { usage: 'extend <step>', name: 'soak extend', work })
    .requiredOption('--by <length>', cli.m.options.soakBy)
    .requiredOption('--reason <text>', cli.m.options.reason)
    .option('--launch <id>', cli.m.options.launch);
}
