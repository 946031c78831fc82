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

/**
 * Everybody gets the off variant. A ramp is kept as it is, out of force. What is scheduled to go on with it is called off: it shall not
 * bring the feature back by itself once the kill is lifted.
 */
export function killEvents(set: FlagSet, { flag, reason, launch }: KillAsked): FlagDecision {
  const record = set.flags.get(flag);
  if (record === undefined) return noFlag(flag);
  if (record.kill !== null) return NOTHING;
  // Nothing blocks a way back: a reason that is too long is shortened.
  const kept = reason.slice(0, LIMITS.reason);
  const problem = reasonProblem(kept);
  if (problem !== null) return wrong(problem);
  const calledOff = set.scheduled
    .filter((each) => each.flag === flag && each.change.kind === 'ramp')
    .map(({ id }) => ({ type: 'schedule-cancelled', id, reason: `Flag ${flag} was killed.` }) as const);
  return decided(...calledOff, { type: 'flag-killed', flag, reason: kept, launch });
}
