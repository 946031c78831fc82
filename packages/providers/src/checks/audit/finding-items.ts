import type { EvidenceItem } from '@slipway/provider-kit';
import type { Finding, Findings } from './finding.ts';
import { grouped } from './finding.ts';
import type { AuditCheckConfig, Ignored } from './schema.ts';
import type { Severity } from './severity.ts';
import { isAtLeast, SEVERITIES } from './severity.ts';

const A_DAY_MS = 86_400_000;

interface Judged {
  readonly finding: Finding;
  /** The plan's word on it; null where it has none. */
  readonly ignore: Ignored | null;
  readonly verdict: 'pass' | 'fail';
}

/** What was looked through, what fails, what is ignored, and what is below the threshold. `now`: epoch ms. */
export function findingItems(
  { findings, scope }: Findings,
  config: AuditCheckConfig,
  now: number,
): readonly EvidenceItem[] {
  const least = config['fail-on'];
  const all = grouped(findings);
  const bad = all.filter(({ severity }) => isAtLeast(severity, least));
  const below = all.filter(({ severity }) => !isAtLeast(severity, least));
  const judged = bad.map((finding) => judge(finding, config.ignore, now));
  const failing = judged.filter(({ verdict }) => verdict === 'fail');
  const verdict = failing.length === 0 ? 'pass' : 'fail';
  const found = `${countText(failing.map(({ finding }) => finding))} in ${scope}`;
  return [
    { asked: `findings of severity ${least} or worse`, found, expected: 'none that is not ignored', verdict },
    ...judged.map((one) => judgedItem(one, least, now)),
    ...config.ignore.flatMap((ignore) => uselessItems(ignore, bad, now)),
    { asked: `findings below ${least}`, found: countText(below), expected: 'any number', verdict: 'pass' },
  ];
}

function judge(finding: Finding, ignores: readonly Ignored[], now: number): Judged {
  const fitting = ignores.filter((ignore) => isOf(ignore, finding));
  const valid = fitting.find((ignore) => !isExpired(ignore, now));
  return { finding, ignore: valid ?? fitting[0] ?? null, verdict: valid === undefined ? 'fail' : 'pass' };
}

function isOf({ id }: Ignored, finding: Finding): boolean {
  const wanted = id.toLowerCase();
  return [finding.id, ...finding.aliases].some((one) => one.toLowerCase() === wanted);
}

/** The day itself still counts, by UTC. */
const isExpired = ({ until }: Ignored, now: number): boolean => !(now < Date.parse(`${until}T00:00:00Z`) + A_DAY_MS);

function judgedItem({ finding, ignore, verdict }: Judged, least: Severity, now: number): EvidenceItem {
  const { id, where, severity, title } = finding;
  return {
    asked: `${id} in ${where}`,
    found: `${severity}: ${title}${ignore === null ? '' : `; ${ignoreText(ignore, now)}`}`,
    expected: `below ${least}, or ignored`,
    verdict,
  };
}

const ignoreText = (ignore: Ignored, now: number): string =>
  isExpired(ignore, now)
    ? `its ignore expired after ${ignore.until} (${ignore.because})`
    : `ignored until ${ignore.until} (${ignore.because})`;

/** Ignores that do nothing, so that somebody takes them out. */
function uselessItems(ignore: Ignored, bad: readonly Finding[], now: number): readonly EvidenceItem[] {
  if (bad.some((finding) => isOf(ignore, finding))) return [];
  const found = `${isExpired(ignore, now) ? `expired after ${ignore.until}, and ` : ''}nothing of it is reported`;
  return [{ asked: `ignore of ${ignore.id}`, found, expected: 'may be taken out', verdict: 'pass' }];
}

/** `3 (1 critical, 2 high)`. */
function countText(findings: readonly Finding[]): string {
  const counts = SEVERITIES.toReversed().flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return counts.length === 0 ? '0' : `${findings.length} (${counts.join(', ')})`;
}
