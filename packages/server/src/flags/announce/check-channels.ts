import type { FlagPolicy } from '@slipway/flags';
import type { PlanLanguage } from '@slipway/plan';
import { Refusal } from '../../api/refusal.ts';
import { killPlan } from './kill-launch.ts';

const SAMPLE = {
  set: 'sample.sample',
  flag: 'sample',
  kind: 'kill',
  by: null,
  reason: 'a sample',
  off: 'off',
} as const;

/** Refuses channels that no launch could tell, with every problem: without its place, which is in a plan that nobody wrote. */
export function checkChannels(language: PlanLanguage, policy: FlagPolicy): void {
  if (Object.keys(policy.channels).length === 0) return;
  try {
    killPlan(language, SAMPLE, policy, 0);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = (error.body.problems ?? []).map((problem) => problem.replace(/^policy:\d+:\d+: /, ''));
    const message = `the channels of the policy are wrong: ${problems[0] ?? error.message}`;
    throw new Refusal(422, { code: 'wrong-input', message, problems });
  }
}
