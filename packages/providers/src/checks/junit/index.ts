import { relative } from 'node:path';
import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import type { ReadReport } from './read-tests.ts';
import { readReport } from './read-report.ts';
import { reportAtUrl } from './report-at-url.ts';
import { pathsOf, reportInFile } from './report-files.ts';
import type { JunitCheckConfig } from './schema.ts';
import { junitCheckSchema } from './schema.ts';
import { tallyText } from './tally.ts';
import { tallyOf, testItems } from './test-items.ts';

type Needs = 'directory' | 'http' | 'secret';
type Context = ProviderContext<Needs>;

/** All reports together, in characters. */
const MAX_CHARACTERS = 100_000_000;

/** Counts the tests of JUnit XML reports. No test at all never passes, nor does a report that cannot be read. */
export const junitCheck: CheckProvider<JunitCheckConfig, Needs> = {
  kind: 'check',
  name: 'junit',
  schema: junitCheckSchema,
  needs: ['directory', 'http', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const { reports, missing } = await reportsOf(config, context);
    const items = [...missing, ...testItems(reports, config, context.now())];
    const wrong = items.find((item) => item.verdict !== 'pass');
    const totals = `${tallyText(tallyOf(reports))}, in ${reports.length} reports`;
    const summary =
      wrong === undefined
        ? `The tests are as they should be: ${totals}`
        : `The tests are not as they should be (${totals}): ${wrong.asked}: ${wrong.found}, expected ${wrong.expected}`;
    return { verdict: wrong === undefined ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
  },
};

interface Found {
  readonly reports: readonly ReadReport[];
  readonly missing: readonly EvidenceItem[];
}

async function reportsOf({ files, url, headers, timeout }: JunitCheckConfig, context: Context): Promise<Found> {
  if (url !== undefined) {
    const report = await reportAtUrl({ url, headers, timeoutMs: timeout }, context);
    return { reports: [await readReport(report, context.signal)], missing: [] };
  }
  const paths = new Set<string>();
  const missing: EvidenceItem[] = [];
  for (const pattern of files ?? []) {
    const found = await pathsOf(pattern, context.directory, context.signal);
    for (const path of found) paths.add(path);
    if (found.length === 0)
      missing.push({ asked: `files ${pattern}`, found: 'no file', expected: 'at least one', verdict: 'fail' });
  }
  return { reports: await readFiles([...paths], context), missing };
}

/** One after the other: of each only the counts are kept. */
async function readFiles(paths: readonly string[], { directory, signal }: Context): Promise<readonly ReadReport[]> {
  const reports: ReadReport[] = [];
  let characters = 0;
  for (const path of paths) {
    signal.throwIfAborted();
    const report = await reportInFile(path, relative(directory, path));
    characters += report.text.length;
    if (characters > MAX_CHARACTERS)
      throw new TerminalError(`the reports have more than ${MAX_CHARACTERS} characters together: name fewer files`);
    reports.push(await readReport(report, signal));
  }
  return reports;
}
