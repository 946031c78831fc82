import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { LaunchRecord, LaunchView } from '@slipway/contract';
import { z } from 'zod';
import type { Api } from '../api/api.ts';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
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
  const phrase = session.options(options).phrase ?? (await ask(session, api, { view, step }));
  if (phrase === null) {
    session.note(session.m.done.nothingSent);
    return EXIT.left;
  }
  const command = { type: 'confirm', step, phrase } as const;
  return deliver(session, api, { launch: view.id, command, said: session.m.done.confirmed(step) });
}

/** Asks on the terminal: a phrase that must be typed must not come from a pipe by accident. null: the user left. */
async function ask(
  session: Session,
  api: Api,
  { view, step }: { view: LaunchView; step: string },
): Promise<string | null> {
  const { input, errors } = session.context;
  if (input.isTTY !== true) throw new Failure('wrong-input', session.m.failures.noPhrase);
  session.note(view.waitingFor.find((each) => each.step === step)?.what ?? step);
  const phrase = phraseOf(await api.record(view.id), step);
  if (phrase !== null) session.note(session.m.done.phrase(phrase));
  const lines = createInterface({ input, output: errors });
  try {
    lines.setPrompt(`${session.m.done.typePhrase} `);
    lines.prompt();
    const [line] = await Promise.race([once(lines, 'line'), once(lines, 'close').then(() => [null])]);
    return line === null ? null : String(line);
  } finally {
    lines.close();
  }
}

const startedWithPhrases = z.object({
  type: z.literal('launch-started'),
  plan: z.object({ steps: z.record(z.string(), z.object({ confirm: z.string().nullish() })) }),
});

/** The phrase that the plan asks for, as the launch's first event holds it; null where it is not found there. */
function phraseOf(record: LaunchRecord, step: string): string | null {
  const started = startedWithPhrases.safeParse(record.events[0]?.event);
  return started.data?.plan.steps[step]?.confirm ?? null;
}
