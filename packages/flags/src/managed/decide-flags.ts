import type { Asked, FlagDecision } from './decided.ts';
import { decided, needsPerson, NOTHING, notFound, short, wrong } from './decided.ts';
import type { FlagCommand } from './flag-command.ts';
import type { FlagPolicy } from './flag-policy.ts';
import type { FlagSet } from './flag-set.ts';
import { fits } from './json-size.ts';
import { killEvents } from './kill-events.ts';
import { LIMITS } from './limits.ts';
import { decideApprove, decideChange, decideReject } from './proposals.ts';
import { launchRampEvents } from './ramp-events.ts';
import { runDue } from './run-due.ts';
import { sameJson } from './same-json.ts';
import { reasonProblem } from './wrong-words.ts';

/** What a command does to a flag set: its events, or why not and what to do. It changes nothing, and never throws. */
export function decideFlags(set: FlagSet, command: FlagCommand, asked: Asked): FlagDecision {
  switch (command.type) {
    case 'change':
      return decideChange(set, command, asked);
    case 'approve':
      return decideApprove(set, command, asked);
    case 'reject':
      return decideReject(set, command, asked);
    case 'kill':
      return killEvents(set, command);
    case 'launch-ramp':
      return launchRampEvents(set, command, asked);
    case 'cancel-schedule':
      return cancelSchedule(set, command, asked);
    case 'run-due':
      return runDue(set, asked);
    case 'set-policy':
      return setPolicy(set, command.policy, asked);
  }
}

interface CancelAsked {
  readonly id: string;
  readonly reason: string;
}

function cancelSchedule(set: FlagSet, { id, reason }: CancelAsked, { actor }: Asked): FlagDecision {
  if (actor.kind !== 'person') return needsPerson('Only a person may cancel what is scheduled.');
  if (set.scheduled.every((each) => each.id !== id)) {
    return notFound(`Nothing is scheduled under ${short(id)}: it was done or cancelled already, or never scheduled.`);
  }
  const problem = reasonProblem(reason);
  return problem === null ? decided({ type: 'schedule-cancelled', id, reason }) : wrong(problem);
}

function setPolicy(set: FlagSet, policy: FlagPolicy, { actor }: Asked): FlagDecision {
  if (actor.kind !== 'person') return needsPerson('Only a person may set the policy.');
  const channels = Object.keys(policy.channels).length;
  if (channels > LIMITS.channels) return wrong(`A policy names at most ${LIMITS.channels} channels.`);
  if (!fits(policy, LIMITS.rule, LIMITS.depth)) return wrong(`A policy has at most ${LIMITS.rule} characters.`);
  return sameJson(set.policy, policy) ? NOTHING : decided({ type: 'policy-set', policy });
}
