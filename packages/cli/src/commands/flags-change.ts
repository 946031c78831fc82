import type { FlagCommandAsked, FlagDone } from '@slipway/contract';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { askedRamp, namesAudience, withRampOptions } from '../flags/asked-ramp.ts';
import { durationOf, percentOf, timeOf } from '../flags/read-values.ts';
import { flagDoneLines } from '../render/flag-answers.ts';
import type { Session } from '../session.ts';

export function addFlagChanges(cli: Cli, group: Command): void {
  const { options } = cli.m;
  const reasoned = (command: Command): Command => command.option('--reason <text>', options.flagReason);
  reasoned(cli.child(group, { usage: 'remove <set> <flag>', name: 'flags remove', work: simple('remove') }));
  const ramping = cli.child(group, { usage: 'ramp <set> <flag>', name: 'flags ramp', work: ramp });
  reasoned(
    withRampOptions(ramping, cli.m)
      .option('--over <time>', options.over)
      .option('--to <number>', options.to)
      .option('--every <time>', options.every),
  );
  reasoned(cli.child(group, { usage: 'end-ramp <set> <flag>', name: 'flags end-ramp', work: simple('end-ramp') }));
  const scheduling = cli.child(group, { usage: 'schedule <set> <flag>', name: 'flags schedule', work: schedule });
  reasoned(
    withRampOptions(scheduling.requiredOption('--at <time>', options.at), cli.m)
      .option('--kill', options.kill)
      .option('--end-ramp', options.endRamp),
  );
  reasoned(cli.child(group, { usage: 'cancel <set> <schedule>', name: 'flags cancel', work: cancel }));
}

const reasonOption = z.object({ reason: z.string().trim().max(1000).default('') });

/** '' where none was given. Throws Failure where it is too long. */
export function flagReason(session: Session): string {
  return session.options(reasonOption).reason;
}

function simple(type: 'remove' | 'end-ramp'): (session: Session) => Promise<ExitCode> {
  return (session) => sendFlagCommand(session, { type, flag: session.argument(1), reason: flagReason(session) });
}

const timeOptions = z.object({
  over: z.string().optional(),
  to: z.string().optional(),
  every: z.string().optional(),
  percent: z.string().optional(),
});

async function ramp(session: Session): Promise<ExitCode> {
  const { over, to, every, percent } = session.options(timeOptions);
  const asked = { flag: session.argument(1), ramp: askedRamp(session), reason: flagReason(session) };
  if (over === undefined && to === undefined && every === undefined) {
    return sendFlagCommand(session, { type: 'ramp', ...asked });
  }
  if (over === undefined || to === undefined || every === undefined || percent === undefined) {
    throw new Failure('wrong-input', session.m.flags.failures.overTime);
  }
  return sendFlagCommand(session, {
    type: 'ramp-over-time',
    ...asked,
    to: percentOf(to, '--to', session.m),
    over: durationOf(over, '--over', session.m),
    every: durationOf(every, '--every', session.m),
  });
}

const scheduleOptions = z.object({
  at: z.string(),
  kill: z.boolean().default(false),
  endRamp: z.boolean().default(false),
});

async function schedule(session: Session): Promise<ExitCode> {
  const { at, kill, endRamp } = session.options(scheduleOptions);
  const { failures } = session.m.flags;
  const reason = flagReason(session);
  if ([kill, endRamp, namesAudience(session)].filter(Boolean).length !== 1) {
    throw new Failure('wrong-input', failures.oneChange);
  }
  if (kill && reason === '') throw new Failure('wrong-input', failures.killReason);
  const change = kill
    ? ({ kind: 'kill' } as const)
    : endRamp
      ? ({ kind: 'end-ramp' } as const)
      : ({ kind: 'ramp', ramp: askedRamp(session) } as const);
  const flag = session.argument(1);
  return sendFlagCommand(session, { type: 'schedule', flag, at: timeOf(at, session.m), change, reason });
}

function cancel(session: Session): Promise<ExitCode> {
  return sendFlagCommand(session, { type: 'cancel', schedule: session.argument(1), reason: flagReason(session) });
}

/** Sends one command to the set that the first argument names, and says what came of it. Throws Failure. */
export async function sendFlagCommand(session: Session, command: FlagCommandAsked): Promise<ExitCode> {
  const { flags } = await connect(session);
  return tellFlagDone(session, await flags.command(session.argument(0), command));
}

export function tellFlagDone(session: Session, done: FlagDone): ExitCode {
  if (session.json) session.printJson(done);
  else session.print(flagDoneLines(done, session.pen()));
  return EXIT.ok;
}
