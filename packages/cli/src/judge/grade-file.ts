import {
  dispersionOf,
  gradeAggregate,
  gradeCase,
  type GradedCampaign,
  type GradedCase,
  REFERENCE_DESIGN,
} from '@slipway/judge';
import type { ReferenceFile } from './reference-file.ts';

/** ln E of the same method is the same to this; a dispersion, to the second. */
const SAME = 1e-6;
const SAME_DISPERSION = 1e-9;

interface GradedDispersion {
  readonly shards: number;
  readonly expected: number;
  readonly found: number;
  readonly meets: boolean;
}

/** What the judge made of a file of reference cases. */
export interface GradedFile {
  readonly cases: readonly GradedCase[];
  readonly dispersion: readonly GradedDispersion[];
  readonly aggregate: readonly GradedCampaign[];
  readonly summary: {
    readonly cases: number;
    readonly meet: number;
    /** Cases whose evidence is the expected one to the sixth digit; of those that say which. */
    readonly sameEvidence: number;
    readonly withEvidence: number;
    readonly ok: boolean;
  };
}

/** `onDone`: told of each part that is done, how many there are in all. Drawn streams take long. */
export function gradeFile(file: ReferenceFile, onDone: (done: number, all: number) => void = () => {}): GradedFile {
  const all = file.cases.length + file.dispersion.length + file.aggregate.length;
  let done = 0;
  const counted = <T>(graded: T): T => {
    done += 1;
    onDone(done, all);
    return graded;
  };
  const cases = file.cases.map((each) => counted(gradeCase(each, REFERENCE_DESIGN)));
  const dispersion = file.dispersion.map(({ shares, bad, phi }) => {
    const found = dispersionOf(shares, bad);
    const meets = Math.abs(found - phi) <= SAME_DISPERSION * Math.max(1, phi);
    return counted({ shards: shares.length, expected: phi, found, meets });
  });
  const aggregate = file.aggregate.map((each) => counted(gradeAggregate(each, REFERENCE_DESIGN)));
  const evidence = cases.filter(({ deviation }) => deviation !== null);
  const graded = [...cases, ...dispersion, ...aggregate];
  const meet = graded.filter(({ meets }) => meets).length;
  const summary = {
    cases: graded.length,
    meet,
    sameEvidence: evidence.filter(({ deviation }) => (deviation ?? Infinity) <= SAME).length,
    withEvidence: evidence.length,
    ok: meet === graded.length,
  };
  return { cases, dispersion, aggregate, summary };
}
