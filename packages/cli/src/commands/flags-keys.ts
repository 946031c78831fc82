import { type Command, Option } from 'commander';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { flagKeyLines } from '../render/flag-answers.ts';
import type { Session } from '../session.ts';

const KINDS = ['server', 'client'] as const;
const options = z.object({ kind: z.enum(KINDS) });

export function addFlagKeys(cli: Cli, flags: Command): void {
  const group = cli.groupIn(flags, 'keys', 'flags keys');
  const kind = new Option('--kind <kind>', cli.m.options.keyKind).choices(KINDS).makeOptionMandatory();
  cli.child(group, { usage: 'list <set>', name: 'flags keys list', work: list });
  cli.child(group, { usage: 'create <set>', name: 'flags keys create', work: create }).addOption(kind);
  cli.child(group, { usage: 'revoke <set> <id>', name: 'flags keys revoke', work: revoke });
}

async function list(session: Session): Promise<ExitCode> {
  const set = session.argument(0);
  const keys = await (await connect(session)).flags.keys(set);
  if (session.json) session.printJson(keys);
  else session.print(flagKeyLines(set, keys, session.pen()));
  return EXIT.ok;
}

/** The key alone goes to the output, so that it can be piped into a safe place. */
async function create(session: Session): Promise<ExitCode> {
  const { kind } = session.options(options);
  const created = await (await connect(session)).flags.createKey(session.argument(0), { kind });
  if (session.json) {
    session.printJson(created);
    return EXIT.ok;
  }
  session.note(session.m.flags.keyCreated(created.id, created.kind, created.set));
  session.print([session.pen().clean(created.key)]);
  return EXIT.ok;
}

async function revoke(session: Session): Promise<ExitCode> {
  const id = session.argument(1);
  await (await connect(session)).flags.revokeKey(session.argument(0), id);
  if (session.json) session.printJson({ id });
  else session.print([session.pen().clean(session.m.flags.keyRevoked(id))]);
  return EXIT.ok;
}
