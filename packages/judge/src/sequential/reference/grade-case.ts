import type { SequentialDecision } from '../decide.ts';
import type { Design } from '../kernel/design.ts';
import type { ReferenceCase, ReferenceExpectation } from './reference-case.ts';
import { type ReferenceResult, runReferenceCase } from './run-reference-case.ts';

/** A case with what became of it. */
export interface GradedCase {
  readonly id: string;
  readonly name: string;
  readonly decision: SequentialDecision;
  readonly second: number | null;
  readonly culprit: string | null;
  /** The decision is the expected one, for the expected reason, within the seconds that the case leaves open. */
  readonly meets: boolean;
  /** By how much ln E differs from what is expected at most; null where nothing is. */
  readonly deviation: number | null;
}

export function gradeCase(each: ReferenceCase, design: Design): GradedCase {
  const result = runReferenceCase(each, design);
  const { decision, second, culprit } = result;
  const meets = isExpected(result, each.expect);
  return {
    id: each.id,
    name: each.name,
    decision,
    second,
    culprit,
    meets,
    deviation: deviationOf(result, each.expect),
  };
}

function isExpected({ decision, second, culprit }: ReferenceResult, expect: ReferenceExpectation): boolean {
  if (decision !== expect.decision || culprit !== (expect.culprit ?? null)) return false;
  if (second === null || expect.window === undefined) return second === expect.second;
  const [first, last] = expect.window;
  return second >= first && second <= (last ?? Infinity);
}

function deviationOf({ standings }: ReferenceResult, { logE }: ReferenceExpectation): number | null {
  if (logE === undefined) return null;
  const deviations = logE.flatMap(([second, harm, harmless]) => {
    const standing = standings[second - 1] ?? NOTHING;
    return [apart(standing.harm, harm), apart(standing.harmless, harmless)];
  });
  return Math.max(0, ...deviations);
}

/** What a warm-up shows. */
const NOTHING = { harm: 0, harmless: 0 };

function apart(found: number, expected: number | null): number {
  if (expected === null) return Number.isFinite(found) ? Infinity : 0;
  return Math.abs(found - expected);
}
