import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { findServerMain } from '../connection/server-main.ts';
import { prepareDataFolder } from '../connection/start-server.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';

const options = z.object({ data: z.string().min(1).max(4000), move: z.boolean().default(false) });
const imported = z.object({ launches: z.int(), events: z.int(), tokens: z.int() });

export function addData(cli: Cli): void {
  const group = cli.group('data');
  const { options: words } = cli.m;
  cli
    .child(group, { usage: 'export <file>', name: 'data export', work: exportState })
    .option('--data <folder>', words.data, '.slipway')
    .option('--move', words.move);
  cli
    .child(group, { usage: 'import <file>', name: 'data import', work: importState })
    .option('--data <folder>', words.data, '.slipway');
}

async function exportState(session: Session): Promise<ExitCode> {
  const file = resolve(session.context.cwd, session.argument(0));
  const { move } = session.options(options);
  await serverAlone(session, ['--export', file, ...(move ? ['--move'] : [])]);
  if (session.json) session.printJson({ exported: file, moved: move });
  else session.print([session.pen().clean(move ? session.m.data.moved(file) : session.m.data.exported(file))]);
  return EXIT.ok;
}

async function importState(session: Session): Promise<ExitCode> {
  const file = resolve(session.context.cwd, session.argument(0));
  const done = imported.parse(JSON.parse(await serverAlone(session, ['--import', file])));
  if (session.json) session.printJson(done);
  else session.print([session.pen().clean(session.m.data.imported(done))]);
  return EXIT.ok;
}

/** The server's program on the data folder while no server runs on it: the folder's lock refuses a second one. Gives what it said. */
async function serverAlone(session: Session, what: readonly string[]): Promise<string> {
  const { context, m } = session;
  const { data } = session.options(options);
  const folder = resolve(context.cwd, data);
  prepareDataFolder(folder, m);
  const child = spawn(process.execPath, [findServerMain(context.serverMain, m), '--data', folder, ...what], {
    cwd: dirname(folder),
    env: context.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  if (code !== 0) throw new Failure('unavailable', complained.trim().replace(/^slipway-server: /, ''));
  return said;
}
