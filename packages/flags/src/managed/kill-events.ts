import type { FlagDecision } from './decided.ts';
import { decided, NOTHING, noFlag, wrong } from './decided.ts';
import type { FlagSet } from './flag-set.ts';
import { LIMITS } from './limits.ts';
import { reasonProblem } from './wrong-words.ts';

interface KillAsked {
  readonly flag: string;
  readonly reason: string;
  readonly launch: string | null;
}

/** Everybody gets the off variant. A ramp is kept as it is, out of force. */
export function killEvents(set: FlagSet, { flag, reason, launch }: KillAsked): FlagDecision {
  const record = set.flags.get(flag);
  if (record === undefined) return noFlag(flag);
  if (record.kill !== null) return NOTHING;
  // Nothing blocks a way back: a reason that is too long is shortened.
  const kept = reason.slice(0, LIMITS.reason);
  const problem = reasonProblem(kept);
  return problem === null ? decided({ type: 'flag-killed', flag, reason: kept, launch }) : wrong(problem);
}
