import { announceStep } from './announce-step.ts';
import { checkStep } from './check-step.ts';
import { deployStep } from './deploy-step.ts';
import { flagRolloutStep } from './flag-rollout-step.ts';
import { signoffStep, taskStep } from './people-steps.ts';
import { rolloutStep } from './rollout-step.ts';
import { runStep } from './run-step.ts';
import { soakStep } from './soak-step.ts';
import { waitStep } from './wait-step.ts';

/** The schema of each kind of step, by the key that makes it that kind; of a rollout also by its `by`. */
export const STEP_SCHEMAS = {
  check: checkStep,
  run: runStep,
  deploy: deployStep,
  soak: soakStep,
  signoff: signoffStep,
  task: taskStep,
  rollout: rolloutStep,
  'flag-rollout': flagRolloutStep,
  announce: announceStep,
  wait: waitStep,
} as const;
