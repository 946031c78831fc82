import type { Wait } from '@slipway/core';

/** A wait, and when its launch was started, in epoch ms. */
export interface StandingWait extends Wait {
  readonly startedAt: number;
}

/**
 * The shortest ring of waits that leads from this launch back to it, through launches that were started before it; empty where there
 * is none. Of each ring one launch is the last one, and only that one finds it. Launches keep what they hold to their end, so that
 * nobody in a ring can go on, whatever else they do meanwhile.
 */
export function deadlockOf(launch: string, waits: readonly StandingWait[]): readonly Wait[] {
  const own = waits.filter((wait) => wait.launch === launch);
  const started = own[0];
  if (started === undefined) return [];
  const earlier = waits.filter((wait) => isBefore(wait, started));
  const reached = new Set<string>();
  let paths: readonly (readonly StandingWait[])[] = own.map((wait) => [wait]);
  while (paths.length > 0) {
    const ring = paths.find((path) => path.at(-1)?.holder === launch);
    if (ring !== undefined) return ring.map(waitOf);
    paths = paths.flatMap((path) => {
      const next = path.at(-1)?.holder ?? launch;
      if (reached.has(next)) return [];
      reached.add(next);
      return earlier.filter((wait) => wait.launch === next).map((wait) => [...path, wait]);
    });
  }
  return [];
}

function waitOf({ launch, environment, holder }: StandingWait): Wait {
  return { launch, environment, holder };
}

/** Ids are compared as texts where two were started in the same millisecond: any order will do that all processes share. */
function isBefore(one: StandingWait, other: StandingWait): boolean {
  return one.startedAt === other.startedAt ? one.launch < other.launch : one.startedAt < other.startedAt;
}
