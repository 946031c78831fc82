import { createHash } from 'node:crypto';
import { createFlagEvaluator, decideFlags, evolveAll, type FlagSet, servedDefinition } from '@slipway/flags';
import type { FlagLog } from './flag-log.ts';
import type { PendingKill, ServedSet } from './flags.ts';

/** What a set is served from. */
export interface ServedFrom {
  readonly log: FlagLog;
  /** They wait to be recorded. */
  readonly kills: readonly PendingKill[];
  /** What was served before: what did not change is not compiled again. */
  readonly before: ServedSet | null;
}

/** Compiles what is in force: what the log says, and kills that wait to be recorded. */
export function serveSet(set: string, { log, kills, before }: ServedFrom): ServedSet {
  const state = kills.reduce(withKill, log.state);
  const definition = servedDefinition(state);
  const after = before === null ? {} : { after: before.evaluator };
  const evaluator = createFlagEvaluator(definition, { bucketing: state.bucketing, ...after });
  return { set, state, definition, evaluator, head: headOf(log, kills) };
}

/** null: there is no such flag to kill. */
export function killed(state: FlagSet, { flag, reason, launch, actor, since }: PendingKill): FlagSet | null {
  const decision = decideFlags(state, { type: 'kill', flag, reason, launch }, { actor, now: since });
  if (!decision.ok) return null;
  const events = decision.events.map((event, index) => ({ seq: state.version + 1 + index, at: since, actor, event }));
  // It is in no log yet.
  return { ...evolveAll(state, events), version: state.version };
}

function withKill(state: FlagSet, kill: PendingKill): FlagSet {
  return killed(state, kill) ?? state;
}

function headOf({ head }: FlagLog, kills: readonly PendingKill[]): string {
  if (kills.length === 0) return head.hash;
  const flags = kills.map(({ flag }) => flag).toSorted();
  return createHash('sha256')
    .update(JSON.stringify([head.hash, flags]))
    .digest('hex');
}
