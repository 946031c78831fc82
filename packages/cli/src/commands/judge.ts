import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure, reasonOf } from '../failure.ts';
import { type GradedFile, gradeFile } from '../judge/grade-file.ts';
import { type ReferenceFile, referenceFile } from '../judge/reference-file.ts';
import type { Session } from '../session.ts';

/** Bytes of a file of reference cases. */
const LARGEST = 100_000_000;
/** Problems of a file that are shown. */
const MOST_PROBLEMS = 10;

const replayOptions = z.object({ cases: z.string().min(1) });

export function addJudge(cli: Cli): void {
  const group = cli.group('judge');
  cli
    .child(group, { usage: 'replay', name: 'judge replay', work: replay })
    .requiredOption('--cases <file>', cli.m.options.cases);
}

/** Runs recorded streams through the judge, beside what is expected of it. No server takes part. */
async function replay(session: Session): Promise<ExitCode> {
  const { cases } = session.options(replayOptions);
  const file = readCases(session, cases);
  const isSeen = session.context.errors.isTTY === true;
  const graded = gradeFile(file, (done, all) => {
    if (isSeen) session.context.errors.write(`\r${session.m.judge.progress(done, all)}`);
  });
  if (isSeen) session.context.errors.write('\r\u001B[2K');
  if (session.json) session.printJson(graded);
  else session.print(linesOf(session, graded));
  return graded.summary.ok ? EXIT.ok : EXIT.failure;
}

function readCases(session: Session, file: string): ReferenceFile {
  const { failures, judge } = session.m;
  const path = resolve(session.context.cwd, file);
  let text: string;
  try {
    if (statSync(path).size > LARGEST) throw new Failure('too-large', judge.tooLarge(file, LARGEST / 1_000_000));
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('wrong-input', failures.unreadable(file, reasonOf(error)));
  }
  const parsed = referenceFile.safeParse(json(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .filter(({ path: place }) => place.length > 0)
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Failure('wrong-input', judge.noCases(file), problems.slice(0, MOST_PROBLEMS));
}

/** undefined where it is none: the schema says so. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function linesOf(session: Session, { cases, dispersion, aggregate, summary }: GradedFile): readonly string[] {
  const { judge } = session.m;
  const pen = session.pen();
  const line = (meets: boolean, ...parts: readonly string[]): string => {
    const sign = meets ? pen.paint('green', pen.symbols.passed) : pen.paint('red', pen.symbols.failed);
    return `${sign} ${pen.clean(pen.join(...parts))}${meets ? '' : ` ${pen.paint('red', judge.notMet)}`}`;
  };
  return [
    ...cases.map(({ id, name, decision, second, culprit, meets }) =>
      line(meets, `${id} ${name}`, judge.decided(decision, second), culprit ?? ''),
    ),
    ...dispersion.map(({ shards, expected, found, meets }) =>
      line(meets, judge.dispersion(shards, found.toFixed(6), expected.toFixed(6))),
    ),
    ...aggregate.map(({ name, reps, aborts, promotes, meets }) =>
      line(meets, name, judge.campaign(reps, aborts, promotes)),
    ),
    pen.clean(judge.summary(summary)),
  ];
}
