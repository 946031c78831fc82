import type { Severity } from './severity.ts';
import { worse } from './severity.ts';

/** One weakness that a report names. */
export interface Finding {
  /** By which it is known everywhere: `GHSA-vh95-rmgr-6w4m`, a rule of a scanner. */
  readonly id: string;
  /** Other numbers of the same: npm's own. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  /** The package or the file that has it. */
  readonly where: string;
  readonly title: string;
}

/** What a report says. */
export interface Findings {
  readonly findings: readonly Finding[];
  /** What was looked through, for people: `312 dependencies`. */
  readonly scope: string;
  /** When the scanner ended, as it writes it; empty where it does not. */
  readonly times: readonly string[];
}

/** One finding for each id, as bad as its worst, with every place. */
export function grouped(findings: readonly Finding[]): readonly Finding[] {
  const byId = new Map<string, Finding[]>();
  for (const finding of findings) {
    const same = byId.get(finding.id);
    if (same === undefined) byId.set(finding.id, [finding]);
    else same.push(finding);
  }
  return [...byId.values()].flatMap(together);
}

function together(same: readonly Finding[]): readonly Finding[] {
  const [first] = same;
  if (first === undefined) return [];
  const places = [...new Set(same.map(({ where }) => where))];
  const more = places.length > 3 ? ` and ${places.length - 3} more` : '';
  return [
    {
      ...first,
      aliases: [...new Set(same.flatMap(({ aliases }) => aliases))],
      severity: same.map(({ severity }) => severity).reduce(worse),
      where: `${places.slice(0, 3).join(', ')}${more}`,
    },
  ];
}
