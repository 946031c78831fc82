import { resolve } from 'node:path';
import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import { reportAtUrl } from '../junit/report-at-url.ts';
import { MAX_REPORT_BYTES } from '../junit/report.ts';
import { findingItems } from './finding-items.ts';
import type { Findings } from './finding.ts';
import { readNpmReport } from './npm-report.ts';
import { runNpmAudit } from './run-npm-audit.ts';
import { readSarif } from './sarif-report.ts';
import type { AuditCheckConfig } from './schema.ts';
import { auditCheckSchema } from './schema.ts';

type Needs = 'commands' | 'directory' | 'http' | 'secret';
type Context = ProviderContext<Needs>;

/** Looks for known weaknesses: by npm audit, or in a report that npm audit or a scanner wrote. No audit is no pass. */
export const auditCheck: CheckProvider<AuditCheckConfig, Needs> = {
  kind: 'check',
  name: 'audit',
  schema: auditCheckSchema,
  needs: ['commands', 'directory', 'http', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const items = findingItems(await findingsOf(config, context), config, context.now());
    const failing = items.filter((item) => item.verdict !== 'pass');
    const verdict = failing.length === 0 ? 'pass' : 'fail';
    return { verdict, evidence: boundedEvidence(summaryOf(items, failing), items) };
  },
};

async function findingsOf(config: AuditCheckConfig, context: Context): Promise<Findings> {
  const { sarif, 'npm-audit': npm } = config;
  if (sarif !== undefined) return readSarif(parse(await textAt(sarif, config, context)));
  if (npm !== undefined) return readNpmReport(parse(await textAt(npm, config, context)));
  return readNpmReport(parse(await runNpmAudit(config, context)));
}

/** The text of a file, relative to the plan's folder, or of what a URL gives. */
async function textAt(place: string, { headers, timeout }: AuditCheckConfig, context: Context): Promise<string> {
  if (/^https?:\/\//i.test(place))
    return (await reportAtUrl({ url: place, headers, timeoutMs: timeout }, context)).text;
  const text = await readBoundedFile(resolve(context.directory, place), MAX_REPORT_BYTES);
  if (text === null) throw new TerminalError(`there is no file ${place}: let the scanner write it before this check`);
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new TerminalError('the audit is not JSON: look at what wrote it');
  }
}

function summaryOf(items: readonly EvidenceItem[], failing: readonly EvidenceItem[]): string {
  const [first] = items;
  const asked = `${first?.asked ?? 'findings'}: ${first?.found ?? 'none'}`;
  const ids = failing.slice(1, 6).map((item) => item.asked);
  return ids.length === 0 ? `No ${asked}` : `There are ${asked}: ${ids.join('; ')}`;
}
