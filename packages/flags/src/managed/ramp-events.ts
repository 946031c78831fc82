import { joinedAudience, rampProblem } from './audience.ts';
import type { Asked, FlagDecision } from './decided.ts';
import { decided, NOTHING, noFlag, refuse, wrong } from './decided.ts';
import type { FlagRamp, FlagRecord } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { fitting } from './fitting.ts';
import { LIMITS } from './limits.ts';
import { sameJson } from './same-json.ts';

/** What ramps a flag; without a launch it is a person's or a schedule's. */
interface RampOrder<R = Omit<FlagRamp, 'launch'>> {
  readonly flag: string;
  readonly ramp: R;
}

interface RampAsked {
  readonly ramp: FlagRamp;
  readonly asked: Asked;
}

/** A person's ramp, or a schedule's: it only grows. */
export function rampEvents(set: FlagSet, { flag, ramp }: RampOrder, asked: Asked): FlagDecision {
  const record = set.flags.get(flag);
  if (record === undefined) return noFlag(flag);
  const problem = rampProblem(set, ramp);
  if (problem !== null) return wrong(problem);
  const conflict = readyProblem(record, ramp.variant) ?? ownerProblem(record, null) ?? otherRamp(record, ramp);
  if (conflict !== null) return refuse(conflict);
  const audience = joinedAudience(record.ramp?.audience ?? [], ramp.audience);
  if (typeof audience === 'string') return refuse(audience);
  const { variant, cohort } = ramp;
  return rampSet(set, record, { ramp: { variant, cohort, audience, launch: null }, asked });
}

/** A launch's next share: exactly this, also where it steps back. */
export function launchRampEvents(set: FlagSet, { flag, ramp }: RampOrder<FlagRamp>, asked: Asked): FlagDecision {
  const record = set.flags.get(flag);
  if (record === undefined) return noFlag(flag);
  // It needs no approval: so nobody may pass for a launch.
  if (asked.actor.kind !== 'slipway') return refuse('Only Slipway ramps for a launch: ramp without naming one.');
  if (ramp.launch === null) return wrong('Name the launch that ramps.');
  const problem = rampProblem(set, ramp) ?? launchProblem(ramp.launch);
  if (problem !== null) return wrong(problem);
  const conflict =
    readyProblem(record, ramp.variant) ?? ownerProblem(record, ramp.launch.id) ?? otherRamp(record, ramp);
  if (conflict !== null) return refuse(conflict);
  return rampSet(set, record, { ramp, asked });
}

export function endRampEvents(set: FlagSet, flag: string): FlagDecision {
  const record = set.flags.get(flag);
  if (record === undefined) return noFlag(flag);
  return record.ramp === null ? NOTHING : decided({ type: 'ramp-ended', flag });
}

function rampSet(set: FlagSet, record: FlagRecord, { ramp, asked }: RampAsked): FlagDecision {
  const flag = record.key;
  if (record.ramp !== null && sameJson(record.ramp.audience, ramp.audience)) return NOTHING;
  if (ramp.audience.length > LIMITS.audience) return refuse(`A ramp has at most ${LIMITS.audience} audiences.`);
  return fitting(set, [{ type: 'ramp-set', flag, ramp }], asked);
}

function readyProblem({ key, kill, definition }: FlagRecord, variant: string): string | null {
  if (kill !== null) return `Flag ${key} is killed (${kill.reason}): a person must lift the kill first.`;
  if (definition.state === 'DISABLED') return `Flag ${key} is DISABLED: enable it first.`;
  if (Object.hasOwn(definition.variants, variant)) return null;
  const names = Object.keys(definition.variants).slice(0, 10).join(', ');
  return `Flag ${key} has no variant ${variant.slice(0, 80)}: name one of ${names}.`;
}

function ownerProblem({ key, ramp }: FlagRecord, launch: string | null): string | null {
  const owner = ramp?.launch?.id ?? null;
  if (ramp === null || owner === launch) return null;
  const whose = owner === null ? 'ramps already, by a person' : `ramps for launch ${owner}`;
  return `Flag ${key} ${whose}: end that ramp first.`;
}

function otherRamp({ key, ramp }: FlagRecord, { variant, cohort }: Omit<FlagRamp, 'launch'>): string | null {
  if (ramp === null) return null;
  if (ramp.variant !== variant) return `Flag ${key} ramps with variant ${ramp.variant}: end the ramp first.`;
  if (ramp.cohort !== cohort) return `Flag ${key} ramps with cohort ${ramp.cohort}: end the ramp first.`;
  return null;
}

function launchProblem({ id, step }: { readonly id: string; readonly step: string }): string | null {
  const fits = id !== '' && id.length <= LIMITS.text && step.length <= LIMITS.text;
  return fits ? null : `Name the launch and its step: at most ${LIMITS.text} characters each.`;
}
