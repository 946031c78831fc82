import type { InjectedReport, PlanSource, RehearsalOrder } from '@slipway/rehearsal';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { readPlan as readFile } from '../commands/read-plan.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { span } from '../terminal/numbers.ts';
import { rehearsalExit } from './rehearsal-exit.ts';
import { rehearsalLines, scenarioLines } from './rehearsal-lines.ts';

/** Milliseconds after which it tells how far it is, and between two such words. */
const TELL_EVERY = 2_000;

const options = z.object({ inject: z.string().min(1).max(300).optional() });

export function addRehearse(cli: Cli): void {
  cli
    .verb('rehearse [file]', 'rehearse', rehearse)
    .option('--artifact-version <version>', cli.m.options.artifactVersion)
    .option('--inject <scenario>', cli.m.options.inject);
}

/** Runs the plan here, on the engine itself: no server takes part, and nothing outside this process is asked or changed. */
async function rehearse(session: Session): Promise<ExitCode> {
  const { inject } = session.options(options);
  const room = await loadRoom(session);
  const source = readFile(session);
  const order = orderOf(session, source, room);
  if (inject !== undefined) return await injectOne(session, { order, id: inject, room });
  const report = await room.rehearse({ ...order, onProgress: progress(session) });
  if (session.json) session.printJson(report);
  else session.print(rehearsalLines(report, session.pen()));
  return rehearsalExit(report.scenarios);
}

type Room = Awaited<ReturnType<typeof loadRoom>>;

/** Loaded by this verb alone: the others start without an engine. */
async function loadRoom(session: Session) {
  try {
    const [room, { registry }] = await Promise.all([import('@slipway/rehearsal'), import('@slipway/providers')]);
    return { ...room, registry };
  } catch (error) {
    throw new Failure('unavailable', session.m.rehearsal.notInstalled, [String(error)]);
  }
}

function orderOf(session: Session, source: PlanSource, { readPlan, registry }: Room): RehearsalOrder {
  const read = readPlan(source, registry);
  if (!read.ok) throw new Failure('wrong-input', session.m.rehearsal.invalid(source.file), read.problems);
  return { plan: read.plan, policy: read.policy, now: session.context.now() };
}

interface Injecting {
  readonly order: RehearsalOrder;
  readonly id: string;
  readonly room: Room;
}

async function injectOne(session: Session, { order, id, room }: Injecting): Promise<ExitCode> {
  try {
    const report = await room.inject(order, id);
    if (session.json) session.printJson(report);
    else session.print([...timeLine(session, report, room), '', ...scenarioLines(report.scenario, session.pen())]);
    return rehearsalExit([report.scenario]);
  } catch (error) {
    if (!(error instanceof room.UnknownScenario)) throw error;
    throw new Failure('not-found', session.m.rehearsal.unknown(id), error.known);
  }
}

function timeLine(session: Session, { log }: InjectedReport, { eventText }: Room): readonly string[] {
  const pen = session.pen();
  const start = log[0]?.at ?? 0;
  return log.flatMap(({ at, event, actor }) => {
    const who = actor.kind === 'person' ? ` (${actor.id})` : '';
    return pen.hang(`${span(at - start).padStart(12)}  `, `${eventText(event, session.m.language)}${who}`);
  });
}

/** On the error stream, and only where it takes long. */
function progress(session: Session): NonNullable<RehearsalOrder['onProgress']> {
  let told = performance.now();
  return (done, of, id) => {
    if (performance.now() - told < TELL_EVERY) return;
    told = performance.now();
    session.note(session.m.rehearsal.progress(done, of, id));
  };
}
