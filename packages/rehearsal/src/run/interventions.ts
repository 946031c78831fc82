import { type Launch, livedPlan, type Recorded } from '@slipway/core';
import type { PersonCommand } from '@slipway/engine';
import { type Fault, WAY_BACK } from '../scenario/fault.ts';
import { isPhaseMoment } from './phase-moment.ts';

const REASON = 'rehearsed';
/** T-0 is moved by so much, in milliseconds. */
const SLIP = 86_400_000;

/** What a person, or an alert, does to the launch without being asked, if this event is the moment for it; null: it is not. */
export function interventionAt(fault: Fault, launch: Launch, recorded: Recorded): PersonCommand | null {
  const { event } = recorded;
  switch (fault.kind) {
    case 'abort':
    case 'rollback':
      return isPhaseMoment(fault, launch, recorded) ? { type: fault.kind, reason: REASON } : null;
    case 'back-fails':
      return isPhaseMoment({ kind: 'rollback', phase: fault.phase }, launch, recorded)
        ? { type: 'rollback', reason: REASON }
        : null;
    case 'crash':
      return fault.step === WAY_BACK ? atTheEnd(launch, recorded) : null;
    case 'extend':
      return event.type === 'step-started' && event.step === fault.step ? extension(launch, fault.step) : null;
    case 'slip':
      return event.type === 'step-started' ? { type: 'slip', to: launch.t0 + SLIP, reason: REASON } : null;
    case 'expire':
      return event.type === 'step-started' && event.step === fault.step ? { type: 'hold', reason: REASON } : null;
    case 'alert':
      return isWatchOf(event, fault.step) ? alert(launch, fault) : null;
    case 'none':
    case 'choose':
    case 'fail':
    case 'unknown':
    case 'no-go':
    case 'bad':
    case 'silent':
    case 'too-few':
    case 'mute':
    case 'freeze':
    case 'trigger':
    case 'soak-check':
    case 'soak-unasked':
    case 'review':
      return null;
  }
}

/** The good path turns back, so that there is a way back to die on. */
function atTheEnd(launch: Launch, recorded: Recorded): PersonCommand | null {
  const phase = livedPlan(launch).phases.at(-1)?.name ?? '';
  return isPhaseMoment({ kind: 'rollback', phase }, launch, recorded) ? { type: 'rollback', reason: REASON } : null;
}

function extension({ plan }: Launch, id: string): PersonCommand | null {
  const step = plan.steps[id];
  if (step?.kind !== 'soak') return null;
  return { type: 'extend-soak', step: id, ms: Math.max(1_000, Math.round(step.hold / 2)), reason: REASON };
}

function isWatchOf(event: Recorded['event'], step: string): boolean {
  return event.type === 'effect-started' && event.effect.startsWith(`${step}:`);
}

function alert(
  { plan, touched }: Launch,
  { step: id, trigger }: Extract<Fault, { kind: 'alert' }>,
): PersonCommand | null {
  const step = plan.steps[id];
  if (step?.kind !== 'soak' && (step?.kind !== 'rollout' || !touched.includes(id))) return null;
  const judging = step.kind === 'soak' ? step.judging : step.stages[0]?.judging;
  const hook = judging?.hooks?.[trigger];
  if (hook === undefined) return null;
  return { type: 'alert', from: hook.from, incident: 'rehearsed', title: 'an alert (rehearsed)', labels: hook.match };
}
