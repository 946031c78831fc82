import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { type GradedFile, gradeFile } from './grade-file.ts';
import { MOST_PROBLEMS } from './most-problems.ts';
import { parsedJson, readText } from './read-text.ts';
import { type ReferenceFile, referenceFile } from './reference-file.ts';

/** Runs reference cases, with a count of them on a terminal. Throws Failure. */
export function replayCases(session: Session, file: string): GradedFile {
  const cases = readCases(session, file);
  const isSeen = session.context.errors.isTTY === true;
  const graded = gradeFile(cases, (done, all) => {
    if (isSeen) session.context.errors.write(`\r${session.m.judge.progress(done, all)}`);
  });
  if (isSeen) session.context.errors.write('\r\u001B[2K');
  return graded;
}

function readCases(session: Session, file: string): ReferenceFile {
  const parsed = referenceFile.safeParse(parsedJson(readText(session, file)));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .filter(({ path: place }) => place.length > 0)
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Failure('wrong-input', session.m.judge.noCases(file), problems.slice(0, MOST_PROBLEMS));
}

/** A line a case, and how it is in all. */
export function casesLines(session: Session, { cases, dispersion, aggregate, summary }: GradedFile): readonly string[] {
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
