/** What is known of the advisories against what is installed. */
export type Audit = { state: 'clean' | 'vulnerable' | 'unknown'; text: string };

/** The part of npm's report that is read. Older and newer forms of it, and refusals, lack `metadata`. */
type Report = {
  vulnerabilities: Record<string, { severity: string; range: string }>;
  metadata: { vulnerabilities: { high: number; critical: number } };
};
type Refusal = { message?: string };

/**
 * Reads what `npm audit --json` printed. High and critical advisories fail a run, lesser ones are told. A registry that does not
 * answer such questions (a mirror, no network) leaves it unknown, which is told as well and never taken for clean.
 */
export function readAudit(output: string): Audit {
  const answer = parse(output);
  if (answer === null || !('metadata' in answer)) {
    const why = answer?.message ?? 'npm printed no report';
    return { state: 'unknown', text: `nobody knows, the registry did not answer: ${why}` };
  }
  const { vulnerabilities, metadata } = answer;
  const lines = Object.entries(vulnerabilities).map(([name, { severity, range }]) => `${severity}: ${name} ${range}`);
  const { high, critical } = metadata.vulnerabilities;
  return { state: high + critical > 0 ? 'vulnerable' : 'clean', text: lines.toSorted().join('\n') };
}

function parse(text: string): Report | Refusal | null {
  try {
    return JSON.parse(text) as Report | Refusal | null;
  } catch {
    return null;
  }
}
