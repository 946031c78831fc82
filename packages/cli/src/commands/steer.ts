import type { LaunchCommand } from '@slipway/contract';
import { Argument, type Command } from 'commander';
import { z } from 'zod';
import type { Cli, VerbName } from '../cli.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { sendCommand } from './send-command.ts';

const withReason = z.object({ reason: z.string().trim().min(1).max(2000) });
const withProof = z.object({ proof: z.string().min(1).max(2000) });

/** hold, abort, rollback: a word and a reason. */
export function addReasoned(cli: Cli, name: 'hold' | 'abort' | 'rollback'): void {
  steer(cli, name, {
    name,
    command: (session) => ({ type: name, reason: session.options(withReason).reason }),
  }).requiredOption('--reason <text>', cli.m.options.reason);
}

export function addResume(cli: Cli): void {
  steer(cli, 'resume', { name: 'resume', command: () => ({ type: 'resume' }) });
}

export function addRetry(cli: Cli): void {
  const stepOf = (session: Session) => (session.argument(0) === '' ? null : session.argument(0));
  steer(cli, 'retry [step]', { name: 'retry', command: (session) => ({ type: 'retry', step: stepOf(session) }) });
}

export function addSkip(cli: Cli): void {
  steer(cli, 'skip <step>', {
    name: 'skip',
    command: (session) => ({ type: 'skip', step: session.argument(0), reason: session.options(withReason).reason }),
  }).requiredOption('--reason <text>', cli.m.options.reason);
}

export function addAnswer(cli: Cli): void {
  steer(cli, 'answer <effect>', {
    name: 'answer',
    command: (session) => ({
      type: 'answer',
      effect: session.argument(0),
      done: session.argument(1) === 'done',
      reason: session.options(withReason).reason,
    }),
  })
    .addArgument(new Argument('<outcome>').choices(['done', 'not-done']))
    .requiredOption('--reason <text>', cli.m.options.reason);
}

export function addTask(cli: Cli): void {
  const command = (session: Session): LaunchCommand => ({
    type: 'complete-task',
    step: session.argument(0),
    proof: session.options(withProof).proof,
  });
  const work = (session: Session) => sendCommand(session, command(session), session.m.done.sent('task'));
  cli
    .child(cli.group('task'), { usage: 'done <step>', name: 'task done', work })
    .requiredOption('--proof <proof>', cli.m.options.proof)
    .option('--launch <id>', cli.m.options.launch);
}

interface Steering {
  readonly name: VerbName;
  readonly command: (session: Session) => LaunchCommand;
}

function steer(cli: Cli, usage: string, steering: Steering): Command {
  const work = (session: Session): Promise<ExitCode> =>
    sendCommand(session, steering.command(session), session.m.done.sent(steering.name));
  return cli.verb(usage, steering.name, work).option('--launch <id>', cli.m.options.launch);
}
