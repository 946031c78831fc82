import type { StaleFlagList } from '@slipway/contract';
import type { Command } from 'commander';
import { z } from 'zod';
import type { FlagsApi } from '../api/flags-api.ts';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { flagEvaluatedLines, flagStatusLines } from '../render/flag-answers.ts';
import { flagLines } from '../render/flag-lines.ts';
import { flagHistoryLines, flagSetLines, flagSetsLines, staleFlagLines, staleSetsLines } from '../render/flag-lists.ts';
import type { Pen } from '../render/pen.ts';
import type { Session } from '../session.ts';

export function addFlagLooks(cli: Cli, group: Command): void {
  const { options } = cli.m;
  cli.child(group, { usage: 'list [set]', name: 'flags list', work: list });
  cli.child(group, { usage: 'show <set> <flag>', name: 'flags show', work: show });
  cli
    .child(group, { usage: 'history <set> [flag]', name: 'flags history', work: history })
    .option('--limit <count>', options.historyLimit)
    .option('--before <number>', options.before);
  cli.child(group, { usage: 'stale [set]', name: 'flags stale', work: stale }).option('--check', options.check);
  cli.child(group, { usage: 'status <set>', name: 'flags status', work: status });
  cli
    .child(group, { usage: 'evaluate <set> <flag>', name: 'flags evaluate', work: evaluate })
    .option('--context <json>', options.context);
}

async function list(session: Session): Promise<ExitCode> {
  const { flags } = await connect(session);
  const set = session.argument(0);
  if (set === '') return tell(session, await flags.sets(), flagSetsLines);
  return tell(session, await flags.set(set), flagSetLines);
}

async function show(session: Session): Promise<ExitCode> {
  const { flags } = await connect(session);
  return tell(session, await flags.flag(session.argument(0), session.argument(1)), flagLines);
}

const historyOptions = z.object({ limit: z.string().optional(), before: z.string().optional() });

async function history(session: Session): Promise<ExitCode> {
  const { limit, before } = session.options(historyOptions);
  const asked = {
    flag: session.argument(1),
    limit: numberOf(session, limit, '--limit'),
    before: numberOf(session, before, '--before'),
  };
  const { flags } = await connect(session);
  const set = session.argument(0);
  return tell(session, await flags.history(set, asked), (found, pen) => flagHistoryLines(found, asked.flag, pen));
}

function numberOf(session: Session, text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new Failure('wrong-input', session.m.flags.failures.number(option));
}

const staleOptions = z.object({ check: z.boolean().default(false) });

/** That it could be asked is success, unless somebody wants a build to fail. */
async function stale(session: Session): Promise<ExitCode> {
  const { check } = session.options(staleOptions);
  const { flags } = await connect(session);
  const set = session.argument(0);
  const sets = set === '' ? await staleOfAll(flags) : [await flags.stale(set)];
  const [first] = sets;
  if (set !== '' && first !== undefined) tell(session, first, staleFlagLines);
  else tell(session, { sets }, (found, pen) => staleSetsLines(found.sets, pen));
  return check && sets.some((each) => each.flags.length > 0) ? EXIT.failure : EXIT.ok;
}

/** One set after another: there may be many. */
async function staleOfAll(flags: FlagsApi): Promise<StaleFlagList[]> {
  const found: StaleFlagList[] = [];
  for (const { set } of (await flags.sets()).sets) found.push(await flags.stale(set));
  return found;
}

async function status(session: Session): Promise<ExitCode> {
  const { flags } = await connect(session);
  return tell(session, await flags.status(session.argument(0)), flagStatusLines);
}

const evaluateOptions = z.object({ context: z.string().max(1_000_000).default('{}') });
const CONTEXT = z.record(z.string(), z.json());

async function evaluate(session: Session): Promise<ExitCode> {
  const context = contextOf(session);
  const { flags } = await connect(session);
  const found = await flags.evaluate(session.argument(0), { flag: session.argument(1), context });
  return tell(session, found, flagEvaluatedLines);
}

function contextOf(session: Session): z.infer<typeof CONTEXT> {
  try {
    return CONTEXT.parse(JSON.parse(session.options(evaluateOptions).context));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('wrong-input', session.m.flags.failures.context);
  }
}

function tell<T>(session: Session, found: T, lines: (found: T, pen: Pen) => string[]): ExitCode {
  if (session.json) session.printJson(found);
  else session.print(lines(found, session.pen()));
  return EXIT.ok;
}
