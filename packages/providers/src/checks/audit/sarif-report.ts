import { TerminalError } from '@slipway/provider-kit';
import type { Finding, Findings } from './finding.ts';
import { oneLine } from './one-line.ts';
import type { SarifResult, SarifRule, SarifRun } from './sarif-schema.ts';
import { sarifLog } from './sarif-schema.ts';
import type { Severity } from './severity.ts';
import { severityOfLevel, severityOfScore } from './severity.ts';

/** Kinds of results that name no weakness. Of `open` and `review` nobody knows yet. */
const HARMLESS = new Set(['pass', 'notApplicable', 'informational']);

/** Reads a report in SARIF 2.1.0. Throws TerminalError where it is none, or where the scanner itself says that it did not finish. */
export function readSarif(json: unknown): Findings {
  const parsed = sarifLog.safeParse(json);
  if (!parsed.success) throw new TerminalError('this is not a report in SARIF 2.1.0: let the scanner write it anew');
  const { runs } = parsed.data;
  for (const run of runs) refuseUnfinished(run);
  const results = runs.flatMap((run) => (run.results ?? []).map((result) => ({ run, result })));
  const counting = results.filter(({ result }) => isFinding(result));
  const suppressed = counting.filter(({ result }) => isSuppressed(result)).length;
  const findings = counting
    .filter(({ result }) => !isSuppressed(result))
    .map(({ run, result }) => findingOf(result, run));
  const names = [...new Set(runs.map(nameOf))].slice(0, 5).join(', ');
  const times = runs.flatMap((run) => (run.invocations ?? []).flatMap(({ endTimeUtc }) => endTimeUtc ?? []));
  return { findings, scope: suppressed === 0 ? names : `${names}; ${suppressed} suppressed in the report`, times };
}

function refuseUnfinished(run: SarifRun): void {
  const name = nameOf(run);
  if (run.invocations?.some(({ executionSuccessful }) => !executionSuccessful) === true)
    throw new TerminalError(`${name} says in its report that it did not finish: run it again`);
  if (run.externalPropertyFileReferences?.results?.length)
    throw new TerminalError(`${name} keeps its results in other files: let it write one file`);
  if (run.results === null || run.results === undefined)
    throw new TerminalError(`the report of ${name} has no results, not even none: it did not look`);
}

const nameOf = ({ tool }: SarifRun): string => oneLine(tool.driver.name ?? 'a scanner');

const isFinding = ({ kind, baselineState }: SarifResult): boolean =>
  baselineState !== 'absent' && !HARMLESS.has(kind ?? 'fail');

/** Section 3.27.23: there are suppressions, and none of them waits for a review or was rejected. */
const isSuppressed = ({ suppressions }: SarifResult): boolean =>
  suppressions !== null &&
  suppressions !== undefined &&
  suppressions.length > 0 &&
  suppressions.every(({ status }) => (status ?? 'accepted') === 'accepted');

function findingOf(result: SarifResult, run: SarifRun): Finding {
  const rule = ruleOf(result, run);
  const uri = result.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? nameOf(run);
  return {
    id: oneLine(result.ruleId ?? result.rule?.id ?? rule?.id ?? 'without an id'),
    aliases: [],
    severity: severityOf(result, rule, run),
    where: oneLine(uri),
    title: oneLine(result.message.text ?? 'without a text'),
  };
}

/** By its place in the list of rules, else by its id, of which the part behind a slash only refines it (3.52.4). */
function ruleOf(result: SarifResult, { tool }: SarifRun): SarifRule | null {
  const extension = result.rule?.toolComponent?.index ?? -1;
  const rules = (extension < 0 ? tool.driver : tool.extensions?.[extension])?.rules ?? [];
  const at = result.ruleIndex ?? result.rule?.index ?? -1;
  if (at >= 0) return rules[at] ?? null;
  const id = result.ruleId ?? result.rule?.id;
  if (id === null || id === undefined) return null;
  return rules.find((rule) => rule.id === id) ?? rules.find((rule) => id.startsWith(`${rule.id}/`)) ?? null;
}

/** By its score, else by its level; a level that is not written is the rule's, else `warning` (3.27.10). */
function severityOf(result: SarifResult, rule: SarifRule | null, { invocations }: SarifRun): Severity {
  if (!['fail', undefined, null].includes(result.kind)) return 'unknown';
  const written = result.properties?.['security-severity'] ?? rule?.properties?.['security-severity'];
  const score = written === null || written === undefined ? null : scoreOf(written);
  const byScore = score === null ? null : severityOfScore(score);
  if (byScore !== null) return byScore;
  const isOverridden = invocations?.some((one) => (one.ruleConfigurationOverrides ?? []).length > 0) ?? false;
  if (isOverridden && (result.level ?? null) === null) return 'unknown';
  return severityOfLevel(result.level ?? rule?.defaultConfiguration?.level ?? 'warning');
}

const scoreOf = (written: string | number): number =>
  typeof written === 'number' || /^\d{1,2}(?:\.\d{1,4})?$/.test(written) ? Number(written) : Number.NaN;
