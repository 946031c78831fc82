import type { EffectWork } from '../model/effect.ts';
import type { Launch } from '../model/state.ts';
import { movesOf } from './lookup.ts';

/**
 * Where a step that had begun to change something goes on when a person retries it: where it failed, but for a ramp. A kill that was
 * lifted has ended the ramp: it is set again, which does nothing where it is so still, and nobody has it unwatched.
 */
export function resumedMove(launch: Launch, step: string, failed: number): number {
  const moves = movesOf(launch, step);
  const workAt = (move: number): EffectWork | null => {
    const found = moves[move];
    return found?.kind === 'effect' ? found.work : null;
  };
  const watches = (move: number): boolean => {
    const work = workAt(move);
    return work?.kind === 'observe' && work.flag !== undefined;
  };
  if (watches(failed)) return failed - 1;
  const isLast = failed === moves.length - 1 && workAt(failed)?.kind === 'ramp';
  return isLast && watches(failed - 1) ? failed - 2 : failed;
}
