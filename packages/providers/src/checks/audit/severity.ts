/** From the least to the worst. What could not be read is worse than anything: nobody knows that it is not. */
export const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical', 'unknown'] as const;

export type Severity = (typeof SEVERITIES)[number];

const NAMED: ReadonlySet<string> = new Set(SEVERITIES);

/** The word of an npm advisory. */
export const severityOf = (word: string): Severity => (NAMED.has(word) ? (word as Severity) : 'unknown');

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);

export const worse = (a: Severity, b: Severity): Severity => (isAtLeast(a, b) ? a : b);

/** The level of a SARIF result. Of levels the standard says no severity; this reading is ours. */
export function severityOfLevel(level: string): Severity {
  switch (level) {
    case 'error':
      return 'high';
    case 'warning':
      return 'moderate';
    case 'note':
      return 'low';
    case 'none':
      return 'info';
    default:
      return 'unknown';
  }
}

/**
 * A score of 0.1 to 10 by CVSS 3.1's qualitative scale (section 5), as GitHub's code scanning reads `security-severity`; null for
 * 0, which is no severity.
 */
export function severityOfScore(score: number): Severity | null {
  if (!(score >= 0 && score <= 10)) return 'unknown';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'moderate';
  return score > 0 ? 'low' : null;
}
