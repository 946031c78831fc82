import type { LaunchPolicy } from '@slipway/core';
import type { Plan } from '@slipway/plan';
import type { PlanRehearsal, PlanRehearsed } from '@slipway/provider-kit';

/** A plan as a launch runs it. */
export interface RehearsalOrder {
  readonly plan: Plan;
  readonly planDigest: string;
  readonly policy: LaunchPolicy | null;
  /** Epoch ms: when a plan that names no T-0 would start. */
  readonly now: number;
}

/** Runs whole plans in virtual time, apart from the engine that asks. */
export interface Rehearser {
  /** Rejects as PlanRehearsal does. */
  rehearse(order: RehearsalOrder, limits: Parameters<PlanRehearsal['run']>[0]): Promise<PlanRehearsed>;
}
