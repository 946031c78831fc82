import { accessRole } from '@slipway/contract';
import { Option } from 'commander';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { dateAndTime } from '../terminal/numbers.ts';

const options = z.object({ role: accessRole });

export function addToken(cli: Cli): void {
  const group = cli.group('token');
  const role = new Option('--role <role>', cli.m.options.role).choices(accessRole.options).makeOptionMandatory();
  cli.child(group, { usage: 'create <person>', name: 'token create', work: create }).addOption(role);
  cli.child(group, { usage: 'list', name: 'token list', work: list });
  cli.child(group, { usage: 'revoke <id>', name: 'token revoke', work: revoke });
}

/** The token alone goes to the output, so that it can be piped into a safe place. */
async function create(session: Session): Promise<ExitCode> {
  const { role } = session.options(options);
  const person = session.argument(0).trim();
  if (person === '') throw new Failure('wrong-input', session.m.usage.empty('<person>'));
  const api = await connect(session);
  const created = await api.createToken({ person, role });
  if (session.json) {
    session.printJson(created);
    return EXIT.ok;
  }
  session.note(session.m.tokens.created(created.id, created.person, created.role));
  session.print([session.pen().clean(created.token)]);
  return EXIT.ok;
}

async function list(session: Session): Promise<ExitCode> {
  const tokens = await (await connect(session)).tokens();
  if (session.json) {
    session.printJson(tokens);
    return EXIT.ok;
  }
  const pen = session.pen();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const line = (token: (typeof tokens)[number]) =>
    pen.clean(pen.join(token.id, token.person, token.role, dateAndTime(token.createdAt, zone)));
  session.print(tokens.length === 0 ? [pen.clean(session.m.tokens.none)] : tokens.map(line));
  return EXIT.ok;
}

async function revoke(session: Session): Promise<ExitCode> {
  const id = session.argument(0);
  await (await connect(session)).revokeToken(id);
  if (session.json) session.printJson({ id });
  else session.print([session.pen().clean(session.m.tokens.revoked(id))]);
  return EXIT.ok;
}
