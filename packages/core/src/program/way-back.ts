import type { DarkLaunch, DeployStep, FlagRollout, RolloutStep, RunStep, TrafficRollout } from '@slipway/plan';
import type { EffectWork, RestoreWork } from '../model/effect.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { effectId } from './effect-id.ts';
import { program } from './program.ts';

/** One move of the way back. */
export interface UndoItem {
  readonly step: string;
  /** What it does; or why there is no way back for this step, as its plan declares. */
  readonly undo:
    | { readonly kind: 'effect'; readonly work: EffectWork; readonly timeout: number }
    | { readonly kind: 'none'; readonly because: string };
}

/** The way back of everything this launch began to change, in reverse order. */
export function wayBack(launch: Launch): readonly UndoItem[] {
  return launch.touched.toReversed().flatMap((id): readonly UndoItem[] => {
    const step = launch.plan.steps[id];
    if (step === undefined) return [];
    switch (step.kind) {
      case 'run':
        return undoRun(step);
      case 'rollout':
        return undoRollout(launch, step);
      case 'deploy':
        return undoVersion(launch, step);
      case 'check':
      case 'soak':
      case 'signoff':
      case 'task':
      case 'announce':
      case 'wait':
        return [];
    }
  });
}

function undoRun(step: RunStep): readonly UndoItem[] {
  if (step.undo === null) return [];
  if (step.undo.kind === 'none') return [{ step: step.id, undo: { kind: 'none', because: step.undo.because } }];
  const { command } = step.undo;
  const work: EffectWork = { kind: 'command', command, verify: null, idempotent: false };
  return [{ step: step.id, undo: { kind: 'effect', work, timeout: command.timeout } }];
}

function undoRollout(launch: Launch, step: RolloutStep): readonly UndoItem[] {
  switch (step.strategy) {
    case 'flag':
      return undoFlag(step);
    case 'dark-launch':
      return undoDark(launch, step);
    case 'canary':
    case 'blue-green':
    case 'big-bang':
    case 'rolling':
      return undoVersion(launch, step);
  }
}

/** Nobody asks whom the ramp has reached, nor whether it is still ours: off for everybody is right in any case. */
function undoFlag(step: FlagRollout): readonly UndoItem[] {
  const { environment, flag } = step;
  return itemsOf(step, [{ kind: 'kill-flag', environment, flag }]);
}

/** Traffic first: people are served by the old version before anything is tidied up. */
function undoVersion(launch: Launch, step: DeployStep | TrafficRollout): readonly UndoItem[] {
  const { environment } = step;
  const version = launch.plan.artifact.version;
  const previous = own(launch.surveys, step.id);
  if (previous === undefined || previous === version) return [];
  const begun = begunWork(launch, step);
  const works: EffectWork[] = [];
  if (previous !== null) {
    // A roll that was begun may have taken old instances away and moved traffic, wherever it ended.
    if (begun.has('stop') || begun.has('roll'))
      works.push({ kind: 'restore', environment, version: previous, ...rolledBy(step, version) });
    if (begun.has('shift') || begun.has('roll'))
      works.push({ kind: 'shift', environment, weights: { [previous]: 100 } });
  } else if (begun.has('shift')) {
    works.push({ kind: 'shift', environment, weights: {} });
  }
  works.push({ kind: 'stop', environment, version });
  works.push({ kind: 'confirm-back', environment, version: previous });
  return itemsOf(step, works);
}

/** What a restore needs to know to move traffic before it starts anything. */
function rolledBy(step: DeployStep | TrafficRollout, version: string): Pick<RestoreWork, 'rolled'> {
  if (step.kind !== 'rollout' || step.strategy !== 'rolling') return {};
  return { rolled: { by: version, bounds: step.bounds } };
}

/** The old version never stopped serving. One that ended by itself has left nothing behind: it is only looked whether that is so. */
function undoDark(launch: Launch, step: DarkLaunch): readonly UndoItem[] {
  const { environment } = step;
  const { version } = launch.plan.artifact;
  const previous = own(launch.surveys, step.id);
  if (previous === undefined || previous === null || previous === version) return [];
  const works: EffectWork[] = [];
  if (launch.steps[step.id]?.is !== 'passed') {
    // No version is stopped before nothing is copied to it any more.
    if (begunWork(launch, step).has('shift')) works.push({ kind: 'shift', environment, weights: { [previous]: 100 } });
    works.push({ kind: 'stop', environment, version });
  }
  works.push({ kind: 'confirm-back', environment, version: previous });
  return itemsOf(step, works);
}

function itemsOf({ id, timeout }: DeployStep | RolloutStep, works: readonly EffectWork[]): readonly UndoItem[] {
  return works.map((work): UndoItem => ({ step: id, undo: { kind: 'effect', work, timeout } }));
}

/** Kinds of executive work of this step that were begun, in any round. */
function begunWork(launch: Launch, step: DeployStep | TrafficRollout): ReadonlySet<EffectWork['kind']> {
  const begun = new Set<EffectWork['kind']>();
  const moves = program(launch.plan, step, own(launch.surveys, step.id));
  const state = launch.steps[step.id];
  const rounds = state?.round ?? 0;
  for (const [index, move] of moves.entries()) {
    if (move.kind !== 'effect' || move.class !== 'executive') continue;
    for (let round = 0; round <= rounds; round += 1) {
      if (launch.effects[effectId(step.id, index, round)] !== undefined) begun.add(move.work.kind);
    }
  }
  return begun;
}
