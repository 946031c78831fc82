import type { Command } from 'commander';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { afterHelp } from './help/after-help.ts';
import type { Messages } from './messages/messages.ts';
import { Session } from './session.ts';

export type VerbName = keyof Messages['verbs'];
type Work = (session: Session) => Promise<ExitCode>;

/** The tree of verbs while it is built, and how the one that ran ended. */
export class Cli {
  readonly program: Command;
  readonly context: Context;
  readonly m: Messages;
  exit: ExitCode = EXIT.ok;

  constructor(program: Command, context: Context, m: Messages) {
    this.program = program;
    this.context = context;
    this.m = m;
  }

  /** Adds a verb with its description, its help and what it does. `usage` as commander reads it: `approve <step>`. */
  verb(usage: string, name: VerbName, work: Work): Command {
    return this.child(this.program, { usage, name, work });
  }

  /** A verb that only holds others, such as `token`. */
  group(name: VerbName): Command {
    const command = this.program.command(name).description(this.m.verbs[name]);
    return command.addHelpText('after', afterHelp(name, this.m));
  }

  /** A group below a group; `name` holds the path to it. */
  groupIn(parent: Command, usage: string, name: VerbName): Command {
    const command = parent.command(usage).description(this.m.verbs[name]);
    return command.addHelpText('after', afterHelp(name, this.m));
  }

  /** A verb below a group. */
  child(parent: Command, verb: { usage: string; name: VerbName; work: Work }): Command {
    const command = parent.command(verb.usage).description(this.m.verbs[verb.name]);
    return command.addHelpText('after', afterHelp(verb.name, this.m)).action(async () => {
      this.exit = await verb.work(new Session(this.context, this.m, command));
    });
  }
}
