import type { Tally } from './tally.ts';
import { countTests } from './count-tests.ts';
import { withinTime } from '../../http/within-time.ts';
import { parseXml } from './parse-xml.ts';
import type { Report } from './report.ts';
import { writtenAt } from './report-age.ts';

/** A report that was understood. */
export interface TestReport {
  readonly name: string;
  readonly tally: Readonly<Tally>;
  readonly failures: readonly string[];
  readonly disagreements: readonly string[];
  /** Epoch ms; null where its age is unknown. */
  readonly writtenAt: number | null;
}

/** A report that says nothing that can be believed. */
export interface UnreadReport {
  readonly name: string;
  /** To follow its name: `is not whole XML (line 3)`. */
  readonly problem: string;
}

export type ReadReport = TestReport | UnreadReport;

/** Of the processor's time: while a report is read here, nothing else is done. */
const LIMIT_MS = 500;

/** Reads a small report; never throws. */
export function readTests(report: Report): ReadReport {
  const read = withinTime(LIMIT_MS, () => readWhole(report));
  return read === null ? { name: report.name, problem: 'takes too long to read: split it' } : read.value;
}

/** Reads a report, however long that takes. */
export function readWhole(report: Report): ReadReport {
  const { name } = report;
  const parsed = parseXml(report.text);
  if ('problem' in parsed) return { name, problem: parsed.problem };
  const counts = countTests(parsed.root);
  if (counts === null) return { name, problem: 'is no JUnit report: it has neither testsuites nor testsuite' };
  const { tally, failures, disagreements, timestamps } = counts;
  return { name, tally, failures, disagreements, writtenAt: writtenAt(report, timestamps) };
}
