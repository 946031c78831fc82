import type { ActionProvider, CommandResult, Evidence, Verification } from '@slipway/provider-kit';
import { boundedEvidence, OutcomeUnknownError, TerminalError } from '@slipway/provider-kit';
import { describeEnd, lastLine } from '../../commands/describe-end.ts';
import type { CommandNeeds } from '../../commands/run-command.ts';
import { effectMark, runCommand } from '../../commands/run-command.ts';
import type { CommandActionConfig } from './schema.ts';
import { commandActionSchema } from './schema.ts';

/**
 * Runs a program that changes something. Exit 0 is done, any other exit is a TerminalError. A program that was ended, by us or
 * by a signal, may have done its work or half of it: OutcomeUnknownError. A program outlives the server that started it: before
 * `verify` answers anything it waits until nothing of an earlier attempt runs.
 */
export const commandAction: ActionProvider<CommandActionConfig, CommandNeeds> = {
  kind: 'action',
  name: 'command',
  schema: commandActionSchema,
  needs: ['commands', 'directory', 'secret'],
  async run(config, context) {
    const result = await runCommand(config.argv, config, context);
    return evidenceOf(config.argv[0], result);
  },
  async verify(config, context) {
    context.log('Waiting until nothing of an earlier attempt runs');
    const left = await context.commands.settled(effectMark(context.effect), context.signal);
    if (left.kind === 'cannot-tell') return { done: 'unknown', reason: left.reason };
    if (config.verify === undefined) return { done: 'unknown', reason: `${config.argv[0]} has no verify command` };
    const result = await runCommand(config.verify.argv, config, context);
    context.signal.throwIfAborted();
    return verificationOf(config.verify.argv[0], result);
  },
  idempotent: (config) => config.idempotent,
};

function evidenceOf(program: string, { end, output }: CommandResult): Evidence {
  const ended = `${program} ${describeEnd(end)}`;
  const last = lastLine(output);
  switch (end.kind) {
    case 'exited':
      if (end.code !== 0) throw new TerminalError(last === '' ? ended : `${ended}: ${last}`);
      return succeeded(program, `${program} succeeded`, last);
    case 'not-started':
      throw new TerminalError(ended);
    case 'timed-out':
    case 'killed':
    case 'aborted':
      throw new OutcomeUnknownError(`${ended}: it may have done its work`);
  }
}

function verificationOf(program: string, { end, output }: CommandResult): Verification {
  if (end.kind === 'exited' && end.code === 1) return { done: 'no' };
  if (end.kind !== 'exited' || end.code !== 0) return { done: 'unknown', reason: `${program} ${describeEnd(end)}` };
  return { done: 'yes', evidence: succeeded(program, `${program} says that it was done`, lastLine(output)) };
}

function succeeded(program: string, summary: string, last: string): Evidence {
  const found = last === '' ? 'exit 0' : `exit 0, last line: ${last}`;
  return boundedEvidence(summary, [{ asked: program, found, expected: 'exit 0', verdict: 'pass' }]);
}
