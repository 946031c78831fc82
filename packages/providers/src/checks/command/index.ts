import type { CheckProvider, CheckResult, CommandResult } from '@slipway/provider-kit';
import { boundedEvidence, RetryableError, TerminalError } from '@slipway/provider-kit';
import { describeEnd, lastLine } from '../../commands/describe-end.ts';
import type { CommandNeeds } from '../../commands/run-command.ts';
import { runCommand } from '../../commands/run-command.ts';
import type { CommandCheckConfig } from './schema.ts';
import { commandCheckSchema } from './schema.ts';

/** Runs a program that looks at something: exit 0 passes, any other exit fails. A program that was ended gave no answer. */
export const commandCheck: CheckProvider<CommandCheckConfig, CommandNeeds> = {
  kind: 'check',
  name: 'command',
  schema: commandCheckSchema,
  needs: ['commands', 'directory', 'secret'],
  async run(config, context) {
    const result = await runCommand(config.argv, config, context);
    context.signal.throwIfAborted();
    const [program] = config.argv;
    const ended = `${program} ${describeEnd(result.end)}`;
    switch (result.end.kind) {
      case 'exited':
        return resultOf(program, result.end.code, result);
      case 'not-started':
        throw new TerminalError(ended);
      case 'timed-out':
      case 'killed':
      case 'aborted':
        throw new RetryableError(ended);
    }
  },
};

function resultOf(program: string, code: number, { output }: CommandResult): CheckResult {
  const verdict = code === 0 ? 'pass' : 'fail';
  const last = lastLine(output);
  const found = last === '' ? `exit ${code}` : `exit ${code}, last line: ${last}`;
  const summary = code === 0 ? `${program} succeeded` : `${program} failed with exit code ${code}`;
  return { verdict, evidence: boundedEvidence(summary, [{ asked: program, found, expected: 'exit 0', verdict }]) };
}
