import type { Evidence, Launch } from '@slipway/core';
import type { Clock } from '../../ports/clock.ts';
import type { FlagDeliveries, FlagReach } from '../../ports/flag-delivery.ts';

/** Milliseconds that clients are given to fetch, and between two looks at whether they have. */
const [PATIENCE, LOOK_AGAIN] = [2_000, 25];
/** The part of a move's time-out that may be spent so: it is done already. */
const PART = 4;

export interface Reached {
  readonly set: string;
  /** Sequence number of the set's newest event once it was killed. */
  readonly version: number;
}

export interface Waiting {
  readonly clock: Clock;
  readonly deliveries: FlagDeliveries;
  /** Milliseconds; null: it takes as long as it takes. */
  readonly timeout: number | null;
  readonly signal: AbortSignal;
}

/** Waits a moment for those who were told of a change to have fetched it. null: nobody can say. Never rejects. */
export async function reachOf({ set, version }: Reached, waiting: Waiting): Promise<FlagReach | null> {
  const { clock, deliveries, timeout, signal } = waiting;
  const until = clock.running() + Math.min(PATIENCE, (timeout ?? Infinity) / PART);
  for (;;) {
    const reach = deliveries(set);
    const isKnown = reach !== null && reach.version >= version;
    if (isKnown && reach.fetched >= reach.told) return reach;
    if (signal.aborted || clock.running() >= until) return isKnown ? reach : null;
    await clock.sleep(LOOK_AGAIN, signal);
  }
}

/** How soon after the launch turned back a kill was in force, and its clients had it. By the clocks of servers: what these cannot say is unknown. */
export function reachItems(launch: Launch, killedAt: number, reach: FlagReach | null): Evidence['items'] {
  const turnedAt = turnedAtOf(launch);
  const told = reach === null ? UNKNOWN : toldItem(reach);
  const last = reach?.lastFetchedAt ?? null;
  return [
    {
      asked: 'when the off variant was in force',
      ...(turnedAt === null ? UNKNOWN : since(turnedAt, killedAt)),
      expected: 'at once',
    },
    {
      asked: 'which clients with an open stream to this server have said that they fetched it',
      ...told,
      expected: 'all that were told',
    },
    {
      asked: 'when the last of them fetched it',
      ...(turnedAt === null || last === null ? nobody(reach) : since(turnedAt, last)),
      expected: 'at once',
    },
  ];
}

type Found = Pick<Evidence['items'][number], 'found' | 'verdict'>;
const UNKNOWN: Found = { found: 'unknown', verdict: 'unknown' };

/** Where nobody was told there is nobody to wait for. */
const nobody = (reach: FlagReach | null): Found =>
  reach?.told === 0 ? { found: 'nobody was told', verdict: 'pass' } : UNKNOWN;

function toldItem({ told, fetched }: FlagReach): Found {
  return {
    found: `${Math.min(fetched, told)} of ${told} that were told`,
    verdict: fetched >= told ? 'pass' : 'unknown',
  };
}

function since(turnedAt: number, at: number): Found {
  return at < turnedAt ? UNKNOWN : { found: `${at - turnedAt} ms after the launch turned back`, verdict: 'pass' };
}

function turnedAtOf({ mode }: Launch): number | null {
  switch (mode.is) {
    case 'stopping':
    case 'undoing':
    case 'incomplete':
      return mode.turnedAt;
    case 'running':
    case 'held':
    case 'ended':
      return null;
  }
}
