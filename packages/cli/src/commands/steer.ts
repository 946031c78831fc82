import type { LaunchCommand, LaunchView } from '@slipway/contract';
import { Argument, type Command } from 'commander';
import { z } from 'zod';
import type { Cli, VerbName } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import type { Pen } from '../render/pen.ts';
import { chooseActive, launchFlag } from './choose-launch.ts';
import { deliver, type Said, sendCommand } from './send-command.ts';

const withReason = z.object({ reason: z.string().trim().min(1).max(2000) });
const withEnd = withReason.extend({ until: z.string().min(1).max(100).optional() });
const withProof = z.object({ proof: z.string().trim().min(1).max(2000) });

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
  cli.verb('retry [step]', 'retry', retry).option('--launch <id>', cli.m.options.launch);
}

/** Without a step it goes on with an incomplete way back; of a launch that is held, a failed step must be named. */
async function retry(session: Session): Promise<ExitCode> {
  const step = session.argument(0) === '' ? null : session.argument(0);
  const api = await connect(session);
  const launch = await chooseActive(session, api);
  if (step === null) nameFailed(session, await api.launch(launch));
  return deliver(session, api, { launch, command: { type: 'retry', step }, said: session.m.done.sent('retry') });
}

function nameFailed(session: Session, view: LaunchView): void {
  const steps = view.phases.flatMap((phase) => phase.steps);
  const failed = steps.filter((step) => step.state === 'failed');
  if (view.state === 'rollback-incomplete' || failed.length === 0) return;
  const pen = session.pen();
  const flag = launchFlag(session);
  const lines = failed.flatMap(({ id, title }) => [`  ${pen.clean(title)}:`, `    slipway retry ${id}${flag}`]);
  throw new Failure('wrong-input', session.m.failures.retryWhich, lines);
}

export function addSkip(cli: Cli): void {
  steer(cli, 'skip <step>', {
    name: 'skip',
    command: (session) => {
      const { reason, until } = session.options(withEnd);
      return { type: 'skip', step: session.argument(0), reason, ...(until === undefined ? {} : { until }) };
    },
    said: (session) => (view, pen) => skipped(view, session.argument(0), pen),
  })
    .requiredOption('--reason <text>', cli.m.options.reason)
    .option('--until <when>', cli.m.options.waivedUntil);
}

/** `slipway waiver approve STEP`: the second person's word. */
export function addWaiver(cli: Cli): void {
  const work = (session: Session): Promise<ExitCode> => {
    const step = session.argument(0);
    return sendCommand(session, { type: 'approve-waiver', step }, (view, pen) => skipped(view, step, pen));
  };
  cli
    .child(cli.group('waiver'), { usage: 'approve <step>', name: 'waiver approve', work })
    .option('--launch <id>', cli.m.options.launch);
}

/** The role that the plan's calendar names for it says so. */
export function addOverrideWindow(cli: Cli): void {
  steer(cli, 'override-window <step>', {
    name: 'override-window',
    command: (session) => ({
      type: 'override-window',
      step: session.argument(0),
      reason: session.options(withReason).reason,
    }),
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

/** A skip waives something: what, for which reason, and what comes now. */
function skipped(view: LaunchView, id: string, pen: Pen): string {
  const { m } = pen;
  const step = view.phases.flatMap((phase) => phase.steps).find((each) => each.id === id);
  // By the policy somebody else decides.
  if (step?.state !== 'skipped' && view.waitingFor.some((each) => each.how.startsWith(`slipway waiver approve ${id}`)))
    return pen.join(m.done.proposed(step?.title ?? id));
  const follows = view.next.length === 0 ? '' : m.done.follows(view.next.join(` ${pen.symbols.thence} `));
  return pen.join(m.done.skipped(step?.title ?? id), step?.detail ?? '', follows);
}

interface Steering {
  readonly name: VerbName;
  readonly command: (session: Session) => LaunchCommand;
  readonly said?: (session: Session) => Said;
}

function steer(cli: Cli, usage: string, steering: Steering): Command {
  const work = (session: Session): Promise<ExitCode> =>
    sendCommand(session, steering.command(session), steering.said?.(session) ?? session.m.done.sent(steering.name));
  return cli.verb(usage, steering.name, work).option('--launch <id>', cli.m.options.launch);
}
