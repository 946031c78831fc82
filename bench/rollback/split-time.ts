import type { LaunchRecord } from '@slipway/contract';

/** Where the time went from the first bad answer until all traffic was back, in milliseconds. */
export interface TimeSplit {
  readonly total: number;
  /** First bad answer until the visitors had met enough for the plan's condition to be broken. */
  readonly data: number;
  /** From there until somebody had looked, and the verdict was recorded. Data and look are the evidence. */
  readonly look: number;
  /** Verdict until the shift back begins. */
  readonly decision: number;
  /** From there until the router sends nobody to the new version any more, and its last answer has come. */
  readonly router: number;
}

export interface Seen {
  readonly events: LaunchRecord['events'];
  /** As the visitors saw it, in epoch milliseconds. */
  readonly firstBadAt: number;
  /** When there was enough to judge on. */
  readonly enoughAt: number;
  /** The new version's last answer. */
  readonly lastNewAt: number;
}

/** null: it was not taken back for a failed verdict, or nobody had seen a bad answer before. */
export function splitTime({ events, firstBadAt, enoughAt, lastNewAt }: Seen): TimeSplit | null {
  const verdictAt = events.find(({ event }) => isFailure(event))?.at;
  const effect = shiftBack(events);
  const begunAt = events.find(({ event }) => event.type === 'effect-started' && event['effect'] === effect)?.at;
  const doneAt = events.find(({ event }) => event.type === 'effect-settled' && event['effect'] === effect)?.at;
  if (verdictAt === undefined || begunAt === undefined || doneAt === undefined) return null;
  if (!(firstBadAt <= verdictAt)) return null;
  const backAt = Math.max(doneAt, lastNewAt);
  // The router may have counted an answer before its visitor had it.
  const data = Math.min(Math.max(enoughAt, firstBadAt), verdictAt) - firstBadAt;
  return {
    total: backAt - firstBadAt,
    data,
    look: verdictAt - firstBadAt - data,
    decision: begunAt - verdictAt,
    router: backAt - begunAt,
  };
}

type RecordedEvent = LaunchRecord['events'][number]['event'];

interface Settled {
  readonly outcome?: { readonly data?: { readonly kind?: string; readonly verdict?: { readonly decision?: string } } };
}

function isFailure(event: RecordedEvent): boolean {
  return event.type === 'effect-settled' && (event as Settled).outcome?.data?.verdict?.decision === 'fail';
}

interface Planned {
  readonly items?: readonly { readonly undo: { readonly work?: { readonly kind?: string } } }[];
}

/** The id of the effect that takes the traffic back; null: the way back has none. */
function shiftBack(events: LaunchRecord['events']): string | null {
  const planned = events.find(({ event }) => event.type === 'way-back-planned')?.event as Planned | undefined;
  const item = planned?.items?.findIndex(({ undo }) => undo.work?.kind === 'shift') ?? -1;
  return item === -1 ? null : `~undo:${item}.0`;
}
