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
}

/** Collects the problems of one plan. */
export interface Findings {
  readonly source: Source;
  readonly problems: Problem[];
}

/** Reports at a value; at the value around it where it is missing. */
export function reportValue(findings: Findings, path: Path, said: Said): void {
  add(findings, path, positionOf(findings.source, path, 'value'), said);
}

/** Reports at the key of a value. */
export function reportKey(findings: Findings, path: Path, said: Said): void {
  add(findings, path, positionOf(findings.source, path, 'key'), said);
}

/** Reports inside a text, at a line and column of the text itself. */
export function reportInside(
  findings: Findings,
  path: Path,
  at: { readonly spot: Position; readonly said: Said },
): void {
  add(findings, path, positionInside(findings.source, path, at.spot), at.said);
}

function add(findings: Findings, path: Path, position: Position, said: Said): void {
  if (findings.problems.length >= PLAN_LIMITS.problems) return;
  const { message, expected, severity } = said;
  findings.problems.push({
    file: findings.source.file,
    ...position,
    path: formatPath(path),
    message,
    ...(expected === undefined ? {} : { expected }),
    severity: severity ?? 'error',
  });
}
