import { PLAN_LIMITS } from './limits.ts';
import { formatPath } from './path.ts';
import type { Path } from './path.ts';
import type { Problem } from './problem.ts';
import { positionInside, positionOf } from './source.ts';
import type { Position, Source } from './source.ts';

/** What is wrong, in words. */
export interface Said {
  readonly message: string;
  readonly expected?: string;
  readonly severity?: Problem['severity'];
  readonly code?: string;
}

/** Collects the problems of one plan. */
export interface Findings {
  readonly source: Source;
  /** What is listed: at most PLAN_LIMITS.problems, and at most half of them warnings. */
  readonly problems: Problem[];
  /** How many errors were found, those included that the list has no room for. */
  errors: number;
}

/** Whether another error would not be listed: to look for what was meant, among thousands of names, would be in vain. */
export function isFull(findings: Findings): boolean {
  return findings.problems.length >= PLAN_LIMITS.problems;
}

/** Reports at a value; at the value around it where it is missing. */
export function reportValue(findings: Findings, path: Path, said: Said): void {
  add(findings, path, { at: () => positionOf(findings.source, path, 'value'), said });
}

/** Reports at the key of a value. */
export function reportKey(findings: Findings, path: Path, said: Said): void {
  add(findings, path, { at: () => positionOf(findings.source, path, 'key'), said });
}

/** Reports inside a text, at a line and column of the text itself. */
export function reportInside(
  findings: Findings,
  path: Path,
  { spot, said }: { readonly spot: Position; readonly said: Said },
): void {
  add(findings, path, { at: () => positionInside(findings.source, path, spot), said });
}

interface Report {
  /** Only asked where the problem is listed: it may take a walk over the text. */
  readonly at: () => Position;
  readonly said: Said;
}

function add(findings: Findings, path: Path, { at, said }: Report): void {
  const { message, expected, severity = 'error', code } = said;
  if (severity === 'error') findings.errors += 1;
  if (!hasRoom(findings, severity)) return;
  findings.problems.push({
    file: findings.source.file,
    ...at(),
    path: formatPath(path),
    message,
    ...(expected === undefined ? {} : { expected }),
    severity,
    ...(code === undefined ? {} : { code }),
  });
}

/** Warnings never take the room of an error. */
function hasRoom(findings: Findings, severity: Problem['severity']): boolean {
  if (isFull(findings)) return false;
  if (severity === 'error') return true;
  const warnings = findings.problems.filter((problem) => problem.severity === 'warning');
  return warnings.length < PLAN_LIMITS.problems / 2;
}
