import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';
import { oneLine } from './one-line.ts';
import type { Finding, Findings } from './finding.ts';
import { severityOf } from './severity.ts';

const advisory = z.object({
  source: z.union([z.number(), z.string()]),
  name: z.string(),
  title: z.string().nullish(),
  url: z.string().nullish(),
  severity: z.string(),
});

const vulnerability = z.object({
  name: z.string(),
  severity: z.string(),
  via: z.array(z.union([z.string(), advisory])),
});

/** What npm 7 and newer write. */
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), vulnerability),
  metadata: z.object({
    vulnerabilities: z.object({ total: z.int() }),
    dependencies: z.object({ total: z.int() }),
  }),
});

type Vulnerabilities = z.infer<typeof report>['vulnerabilities'];

/** What it writes instead where it got no audit. */
const failure = z.object({ statusCode: z.number().nullish(), error: z.object({ code: z.string().nullish() }) });

/** Codes of what no later try makes better. */
const LASTING = new Set(['ENOLOCK', 'EAUDITNOLOCK', 'EUSAGE', 'EJSONPARSE', 'E401', 'E403', 'E404']);

/** Reads what `npm audit --json` wrote. Throws RetryableError where the registry gave no audit for now, else TerminalError. */
export function readNpmReport(json: unknown): Findings {
  refuseFailure(json);
  const parsed = report.safeParse(json);
  if (!parsed.success)
    throw new TerminalError('this is not what npm audit --json of npm 7 or newer writes: write it anew');
  const { vulnerabilities, metadata } = parsed.data;
  const count = Object.keys(vulnerabilities).length;
  if (metadata.vulnerabilities.total !== count)
    throw new TerminalError(
      `the audit says ${metadata.vulnerabilities.total} vulnerable packages and lists ${count}: write it anew`,
    );
  const { total } = metadata.dependencies;
  // Nothing was looked at, so nothing was found.
  if (total < 1) throw new TerminalError('the audit looked at no dependency: check directory and its lockfile');
  const findings = Object.values(vulnerabilities).flatMap((one) => findingsOf(one, vulnerabilities));
  return { findings, scope: `${total} dependencies`, times: [] };
}

function refuseFailure(json: unknown): void {
  const failed = failure.safeParse(json);
  if (!failed.success) return;
  const { statusCode, error } = failed.data;
  const code = /^[A-Z0-9_]{1,40}$/.exec(error.code ?? '')?.[0];
  // Its own words are not repeated: they may hold the registry's URL, and that a password.
  if (code === 'ENOLOCK' || code === 'EAUDITNOLOCK')
    throw new TerminalError(`npm audit needs a lockfile (${code}): make one with "npm install --package-lock-only"`);
  const said = `npm audit got no audit (${statusCode ?? code ?? 'no answer of the registry'})`;
  if (isRefusal(statusCode ?? 0) || LASTING.has(code ?? ''))
    throw new TerminalError(`${said}: use a registry that gives audits, or a scanner's report`);
  throw new RetryableError(said);
}

const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;

/** The advisories of a package. One that is only there for another package's is named with that one. */
function findingsOf({ name, severity, via }: Vulnerabilities[string], all: Vulnerabilities): readonly Finding[] {
  return via.flatMap((cause): readonly Finding[] => {
    if (typeof cause !== 'string') return [findingOf(cause)];
    if (Object.hasOwn(all, cause)) return [];
    const title = `by way of ${oneLine(cause)}, which is not listed`;
    return [{ id: name, aliases: [], severity: severityOf(severity), where: name, title }];
  });
}

function findingOf({ source, name, title, url, severity }: z.infer<typeof advisory>): Finding {
  const ghsa = /GHSA(?:-[0-9a-z]{4}){3}/i.exec(url ?? '')?.[0];
  const number = String(source);
  return {
    id: ghsa ?? number,
    aliases: [number],
    severity: severityOf(severity),
    where: oneLine(name),
    title: oneLine(title ?? 'without a title'),
  };
}
