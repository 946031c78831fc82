import type { Design } from '../kernel/design.ts';
import { type ReferenceAggregate, runReplicate } from './run-replicate.ts';

/** So many drawn streams, and what a judge is expected to make of them. */
export interface ReferenceCampaign extends ReferenceAggregate {
  readonly name: string;
  readonly reps: number;
  readonly expect: { readonly aborts: number; readonly promotes: number };
  /** What any valid judge must keep. */
  readonly target?: { readonly maxAborts?: number | undefined } | undefined;
}

export interface GradedCampaign {
  readonly name: string;
  readonly reps: number;
  readonly aborts: number;
  readonly promotes: number;
  /** Seconds of the aborts and of the promotions; null: there were none. */
  readonly abortMedian: number | null;
  readonly promoteMedian: number | null;
  /** No more false alarms than any valid judge may have, or exactly those that are expected. */
  readonly meets: boolean;
}

/** `onReplicate`: told how many are done. */
export function gradeAggregate(
  campaign: ReferenceCampaign,
  design: Design,
  onReplicate: (done: number) => void = () => {},
): GradedCampaign {
  const [aborts, promotes]: [number[], number[]] = [[], []];
  for (let replicate = 0; replicate < campaign.reps; replicate += 1) {
    const { decision, second } = runReplicate(campaign, replicate, design);
    if (second !== null) (decision === 'abort' ? aborts : promotes).push(second);
    onReplicate(replicate + 1);
  }
  const { expect, target, name, reps } = campaign;
  const isExact = aborts.length === expect.aborts && promotes.length === expect.promotes;
  const meets = isExact || (target?.maxAborts !== undefined && aborts.length <= target.maxAborts);
  const medians = { abortMedian: median(aborts), promoteMedian: median(promotes) };
  return { name, reps, aborts: aborts.length, promotes: promotes.length, ...medians, meets };
}

function median(seconds: readonly number[]): number | null {
  return seconds.toSorted((one, other) => one - other)[Math.floor(seconds.length / 2)] ?? null;
}
