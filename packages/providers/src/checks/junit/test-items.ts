import type { EvidenceItem } from '@slipway/provider-kit';
import type { ReadReport, TestReport } from './read-tests.ts';
import { ageItem } from './age-item.ts';
import type { JunitCheckConfig } from './schema.ts';
import type { Tally } from './tally.ts';
import { addTo, noTests, tallyText } from './tally.ts';

/** Named, of all reports together. */
const MAX_FAILURES = 50;

const isRead = (report: ReadReport): report is TestReport => 'tally' in report;

/** The tests of all reports that were understood. */
export function tallyOf(reports: readonly ReadReport[]): Readonly<Tally> {
  const all = noTests();
  for (const { tally } of reports.filter(isRead)) addTo(all, tally);
  return all;
}

/** What was wanted of the tests, then the failures, then each report. `now`: epoch ms. */
export function testItems(
  reports: readonly ReadReport[],
  config: JunitCheckConfig,
  now: number,
): readonly EvidenceItem[] {
  const all = tallyOf(reports);
  const maxAge = config['max-age'];
  const failures = reports.filter(isRead).flatMap((report) => report.failures);
  return [
    ranItem(all, config['min-tests']),
    ...skippedItems(all, config['max-skipped']),
    ...failures.slice(0, MAX_FAILURES).map(failureItem),
    ...reports.flatMap((report) => [
      reportItem(report),
      ...disagreementItems(report),
      ...(maxAge === undefined ? [] : ageItems(report, maxAge, now)),
    ]),
  ];
}

function ranItem({ passed, failed, errored }: Tally, least: number): EvidenceItem {
  const ran = passed + failed + errored;
  return {
    asked: 'tests that ran',
    found: String(ran),
    expected: `at least ${least}`,
    verdict: ran >= least ? 'pass' : 'fail',
  };
}

function skippedItems({ skipped }: Tally, most: number | undefined): readonly EvidenceItem[] {
  if (most === undefined) return [];
  const verdict = skipped <= most ? 'pass' : 'fail';
  return [{ asked: 'tests that were skipped', found: String(skipped), expected: `at most ${most}`, verdict }];
}

const failureItem = (name: string): EvidenceItem => ({
  asked: `test ${name}`,
  found: 'failed',
  expected: 'passed',
  verdict: 'fail',
});

function reportItem(report: ReadReport): EvidenceItem {
  const asked = `report ${report.name}`;
  const expected = 'nothing failed or errored';
  if (!isRead(report)) return { asked, found: report.problem, expected, verdict: 'unknown' };
  const { tally } = report;
  return { asked, found: tallyText(tally), expected, verdict: tally.failed + tally.errored === 0 ? 'pass' : 'fail' };
}

function disagreementItems(report: ReadReport): readonly EvidenceItem[] {
  if (!isRead(report)) return [];
  return report.disagreements.map((found) => ({
    asked: `totals of ${report.name}`,
    found,
    expected: 'those of the tests that are listed',
    verdict: 'fail',
  }));
}

function ageItems(report: ReadReport, maxAge: number, now: number): readonly EvidenceItem[] {
  return isRead(report) ? [ageItem(report, maxAge, now)] : [];
}
