import type { FlagApplied, FlagApplyRequest } from '@slipway/contract';
import type { Flags } from '@slipway/engine';
import {
  decideFlags,
  emptyFlagSet,
  evolveAll,
  type FlagActor,
  type FlagChange,
  type FlagCommand,
  type FlagEvent,
  type FlagSet,
} from '@slipway/flags';
import { notFound } from '../../api/refusal.ts';
import { flagRefusal } from './refuse-flags.ts';
import { applyOf } from './flag-files.ts';

export interface ApplyPorts {
  readonly flags: Pick<Flags, 'find' | 'create' | 'execute'>;
  readonly now: number;
  readonly actor: FlagActor;
  readonly newId: () => string;
}

type Changes = FlagApplied['changes'];

/** Applies files one after the other; in a dry run only tells what would change. Refuses before anything is changed where a file is wrong. */
export async function applyFlags(set: string, asked: FlagApplyRequest, ports: ApplyPorts): Promise<FlagApplied> {
  const applies = asked.files.map(applyOf);
  const served = ports.flags.find(set);
  if (served === null && !asked.create) {
    throw notFound(`flag set ${set} yet: to make it, say so (slipway flags apply … --set ${set} --create)`);
  }
  const before = served?.state ?? emptyFlagSet(asked.bucketing);
  const changes = rehearse(before, applies, { actor: ports.actor, now: ports.now });
  const told = { set, created: served === null, dryRun: asked.dryRun, changes };
  if (asked.dryRun) return { ...told, version: before.version, proposed: [] };
  if (served === null) await ports.flags.create(set, asked.bucketing, ports.actor);
  return { ...told, ...(await applyEach(set, applies, { ...ports, reason: asked.reason })) };
}

async function applyEach(
  set: string,
  applies: readonly FlagChange[],
  { flags, actor, newId, reason }: ApplyPorts & { readonly reason: string },
): Promise<Pick<FlagApplied, 'version' | 'proposed'>> {
  const proposed: string[] = [];
  let version = 0;
  for (const change of applies) {
    const executed = await flags.execute({ set, command: { type: 'change', id: newId(), change, reason }, actor });
    if (!executed.ok) throw flagRefusal(executed.rejection);
    ({ version } = executed);
    if (executed.proposed !== null) proposed.push(executed.proposed);
  }
  return { version, proposed };
}

/** What would change, were no approval needed. Refuses as the set itself would. */
function rehearse(
  before: FlagSet,
  applies: readonly Extract<FlagChange, { kind: 'apply' }>[],
  by: { readonly actor: FlagActor; readonly now: number },
): Changes {
  let state: FlagSet = { ...before, policy: { ...before.policy, approvals: 0 } };
  const changes: Changes = [];
  for (const change of applies) {
    const command: FlagCommand = { type: 'change', id: 'rehearsal', change, reason: '' };
    const decided = decideFlags(state, command, by);
    if (!decided.ok) throw flagRefusal(decided.rejection);
    const file = change.origin.kind === 'file' ? change.origin.file : '';
    const { version } = state;
    const recorded = decided.events.map((event, index) => {
      return { seq: version + 1 + index, at: by.now, actor: by.actor, event };
    });
    for (const event of decided.events) changes.push(...changeBy(event, state, file));
    state = evolveAll(state, recorded);
  }
  return changes;
}

function changeBy(event: FlagEvent, { flags, segments }: FlagSet, file: string): Changes {
  if (event.type === 'flag-defined') {
    return [{ file, of: 'flag', name: event.flag, change: flags.has(event.flag) ? 'changed' : 'added' }];
  }
  if (event.type === 'segment-defined') {
    return [{ file, of: 'segment', name: event.segment, change: segments.has(event.segment) ? 'changed' : 'added' }];
  }
  if (event.type === 'flag-removed') return [{ file, of: 'flag', name: event.flag, change: 'removed' }];
  return event.type === 'segment-removed' ? [{ file, of: 'segment', name: event.segment, change: 'removed' }] : [];
}
