import type { Judging, Step } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Launch } from '../model/state.ts';
import type { Reasoned } from '../model/verdict.ts';
import { currentEffect } from '../program/lookup.ts';
import { turnBack } from './turn-back.ts';

export interface Standing {
  readonly launch: Launch;
  /** Epoch ms. */
  readonly now: number;
}

/** A step fails, and what its plan wants then. */
export function fail({ launch, now }: Standing, step: Step, why: Reasoned): readonly LaunchEvent[] {
  const failed: LaunchEvent = { type: 'step-failed', step: step.id, ...why };
  if (step.onFail === 'rollback')
    return [failed, turnBack(launch, { kind: 'step-failed', step: step.id, ...why }, now)];
  const paged = paging(step.onFail === 'page');
  return [failed, { type: 'held', cause: { kind: 'step-failed', step: step.id, ...why, ...paged } }];
}

export function reasonsOf({ reason, reasons }: Extract<Outcome, { result: 'failed' }>): Reasoned {
  return reasons === undefined ? { reason } : { reason, reasons };
}

/** Verdicts that cannot tell, and turn back or page all the same: the plan says so. */
export function policiesOf(launch: Launch, step: string): Pick<Judging, 'turnsBackOn' | 'pagesOn'> {
  const work = currentEffect(launch, step)?.work;
  return work?.kind === 'observe' ? work.judging : {};
}

export const paging = (isPaged: boolean): { readonly page?: true } => (isPaged ? { page: true } : {});
