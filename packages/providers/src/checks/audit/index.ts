import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import { ageItem } from '../junit/age-item.ts';
import { writtenAt } from '../junit/report-age.ts';
import { reportAtUrl } from '../junit/report-at-url.ts';
import type { Report } from '../junit/report.ts';
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
    const { findings, report } = await lookedAt(config, context);
    const [now, maxAge] = [context.now(), config['max-age']];
    const isDated = report !== null && maxAge !== undefined;
    const age = isDated ? [ageItem({ ...report, writtenAt: writtenAt(report, findings.times) }, maxAge, now)] : [];
    const items = [...findingItems(findings, config, now), ...age];
    const failing = items.filter((item) => item.verdict !== 'pass');
    const verdict = failing.length === 0 ? 'pass' : 'fail';
    return { verdict, evidence: boundedEvidence(summaryOf(items, failing), items) };
  },
};

interface LookedAt {
  readonly findings: Findings;
  /** Null: npm audit was run. */
  readonly report: Report | null;
}

async function lookedAt(config: AuditCheckConfig, context: Context): Promise<LookedAt> {
  const place = config.sarif ?? config['npm-audit'];
  if (place === undefined) return { findings: readNpmReport(parse(await runNpmAudit(config, context))), report: null };
  const report = await reportAt(place, config, context);
  const json = parse(report.text);
  return { findings: config.sarif === undefined ? readNpmReport(json) : readSarif(json), report };
}

/** A file, relative to the plan's folder, or what a URL gives. */
async function reportAt(place: string, { headers, timeout }: AuditCheckConfig, context: Context): Promise<Report> {
  if (/^https?:\/\//i.test(place)) return await reportAtUrl({ url: place, headers, timeoutMs: timeout }, context);
  const path = resolve(context.directory, place);
  const text = await readBoundedFile(path, MAX_REPORT_BYTES);
  if (text === null) throw new TerminalError(`there is no file ${place}: let the scanner write it before this check`);
  return { name: place, text, writtenAt: (await stat(path)).mtimeMs };
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
  const wrong = failing.filter((item) => item !== first).slice(0, 5);
  if (wrong.length === 0) return `No ${asked}`;
  if (first?.verdict !== 'pass') return `There are ${asked}: ${wrong.map((item) => item.asked).join('; ')}`;
  return `No ${asked}; but ${wrong.map((item) => `${item.asked}: ${item.found}, expected ${item.expected}`).join('; ')}`;
}
