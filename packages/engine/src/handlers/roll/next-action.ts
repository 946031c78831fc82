import type { RollGoal } from './bounds.ts';

/** The instances of one version that run, and those of them that are ready. */
export interface Arm {
  readonly running: number;
  readonly ready: number;
}

export interface Arms {
  readonly new: Arm;
  readonly old: Arm;
}

export type RollAction =
  | { readonly do: 'grow'; readonly arm: keyof Arms; readonly to: number }
  /** Those that are not ready leave first. To 0 only where the goal is 0. */
  | { readonly do: 'shrink'; readonly arm: keyof Arms; readonly to: number }
  /** Nothing goes on before every instance of it is ready. */
  | { readonly do: 'wait'; readonly arm: keyof Arms }
  | { readonly do: 'reached' };

/**
 * The smallest next action from what is there to the goal, whatever is there. It never grows beyond the ceiling, never takes
 * ready instances away below the floor, and each growth and shrink comes nearer to the goal by as much as it changes.
 */
export function nextAction(arms: Arms, goal: RollGoal): RollAction {
  const heal = healNew(arms, goal);
  if (heal !== null) return heal;
  return (
    grow(arms, goal, 'new') ??
    shrink(arms, goal, 'old') ??
    shrink(arms, goal, 'new') ??
    grow(arms, goal, 'old') ??
    (isReached(arms, goal) ? { do: 'reached' } : { do: 'wait', arm: 'old' })
  );
}

/** A bad version shows in its first instances: there are no more of it before these are ready. */
function healNew(arms: Arms, goal: RollGoal): RollAction | null {
  const { running, ready } = arms.new;
  if (ready === running) return null;
  if (running <= goal.new) return { do: 'wait', arm: 'new' };
  return { do: 'shrink', arm: 'new', to: Math.max(goal.new, ready) };
}

function grow(arms: Arms, goal: RollGoal, arm: keyof Arms): RollAction | null {
  const { running } = arms[arm];
  const room = goal.ceiling - arms.new.running - arms.old.running;
  const more = Math.min(goal[arm] - running, room);
  return more > 0 ? { do: 'grow', arm, to: running + more } : null;
}

function shrink(arms: Arms, goal: RollGoal, arm: keyof Arms): RollAction | null {
  const { running, ready } = arms[arm];
  const spare = Math.max(0, arms.new.ready + arms.old.ready - goal.floor);
  const fewer = Math.min(running - goal[arm], running - ready + spare);
  return fewer > 0 ? { do: 'shrink', arm, to: running - fewer } : null;
}

const isReached = (arms: Arms, goal: RollGoal): boolean =>
  arms.new.running === goal.new && arms.old.running === goal.old;
