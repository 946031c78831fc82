import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { chooseActive } from './choose-launch.ts';
import { deliver } from './send-command.ts';

const options = z.object({ phrase: z.string().max(500).optional() });

export function addConfirm(cli: Cli): void {
  cli
    .verb('confirm <step>', 'confirm', confirm)
    .option('--phrase <text>', cli.m.options.phrase)
    .option('--launch <id>', cli.m.options.launch);
}

async function confirm(session: Session): Promise<ExitCode> {
  const step = session.argument(0);
  const api = await connect(session);
  const view = await api.launch(await chooseActive(session, api));
  const waiting = view.waitingFor.find((each) => each.step === step);
  const phrase = session.options(options).phrase ?? (await ask(session, waiting?.what ?? step));
  const command = { type: 'confirm', step, phrase } as const;
  return deliver(session, api, { launch: view.id, command, said: session.m.done.confirmed(step) });
}

/** Asks on the terminal: a phrase that must be typed must not come from a pipe by accident. */
async function ask(session: Session, what: string): Promise<string> {
  const { input, errors } = session.context;
  if (input.isTTY !== true) throw new Failure('wrong-input', session.m.failures.noPhrase);
  session.note(what);
  const lines = createInterface({ input, output: errors });
  try {
    lines.setPrompt(`${session.m.done.typePhrase} `);
    lines.prompt();
    const [line] = await Promise.race([once(lines, 'line'), once(lines, 'close').then(() => [''])]);
    return String(line);
  } finally {
    lines.close();
  }
}
