import { effectPlace } from '@slipway/core';
import type { Flown } from '../run/flown.ts';
import { endTold, verifiedFirst } from './notice-invariants.ts';
import { legalEnd, wholeRecord } from './record-invariants.ts';

/** What must be so at the end of every scenario, whatever went wrong in it. */
export type InvariantName =
  | 'legal-end'
  | 'whole-record'
  | 'watched'
  | 'reverse-order'
  | 'done-once'
  | 'verified-first'
  | 'end-told';

export interface BrokenInvariant {
  readonly invariant: InvariantName;
  readonly why: string;
}

type Check = (flown: Flown) => string | null;

/** In the order of the names above; null: it holds. */
const CHECKS: Readonly<Record<InvariantName, Check>> = {
  'legal-end': legalEnd,
  'whole-record': wholeRecord,
  watched,
  'reverse-order': reverseOrder,
  'done-once': doneOnce,
  'verified-first': verifiedFirst,
  'end-told': endTold,
};

/** All of them, in the order in which they are told. */
export const INVARIANTS = [
  'legal-end',
  'whole-record',
  'watched',
  'reverse-order',
  'done-once',
  'verified-first',
  'end-told',
] as const satisfies readonly InvariantName[];

/** Those that do not hold, with the reason. */
export function brokenInvariants(flown: Flown): readonly BrokenInvariant[] {
  return INVARIANTS.flatMap((invariant) => {
    const why = CHECKS[invariant](flown);
    return why === null ? [] : [{ invariant, why }];
  });
}

/** After a way back the old version serves alone; after the end of a launch nothing is left in part. */
function watched({ end, world, launch }: Flown): string | null {
  const isBack = end === 'scrubbed' || end === 'rolled-back';
  if (!isBack && end !== 'completed') return null;
  const { version } = launch.plan.artifact;
  for (const [name, environment] of world.environments) {
    const before = world.before(name);
    const isWhole = environment.servesAlone(before) || (!isBack && environment.servesAlone(version));
    if (!isWhole) return `nobody watches ${name} any more, and it ${environment.describe()}`;
  }
  if (!isBack) return null;
  const [left] = [...world.flags].find(([, flag]) => !flag.isKilled && flag.audience.length > 0) ?? [];
  return left === undefined ? null : `people still have the variant of ${left}`;
}

/** What was changed last is taken back first, and each item after the one before. */
function reverseOrder({ log }: Flown): string | null {
  const touched: string[] = [];
  let newest = -1;
  for (const { event } of log) {
    if (event.type === 'effect-started' && event.touches !== null && !touched.includes(event.touches))
      touched.push(event.touches);
    if (event.type === 'way-back-planned') {
      const places = event.items.map(({ step }) => touched.indexOf(step));
      if (places.some((place, index) => index > 0 && place > (places[index - 1] ?? -1)))
        return `the way back is planned as ${event.items.map(({ step }) => step).join(', ')}`;
    }
    if (event.type === 'way-back-retried') newest = -1;
    const place = event.type === 'effect-started' ? effectPlace(event.effect) : null;
    if (place?.of !== 'way-back') continue;
    if (place.item < newest) return `item ${place.item} of the way back began after item ${newest}`;
    newest = place.item;
  }
  return null;
}

/** What may not be repeated reached the world once: messages, and commands that the plan does not call idempotent. */
function doneOnce({ landings, launch }: Flown): string | null {
  const twice = [...landings].find(([key, count]) => count > 1 && !isHarmless(key, launch.plan.steps));
  return twice === undefined ? null : `${twice[0]} was done ${twice[1]} times`;
}

function isHarmless(key: string, steps: Flown['launch']['plan']['steps']): boolean {
  const [verb, name] = key.split(' ');
  const step = name === undefined ? undefined : steps[name];
  if (step?.kind === 'run') return step.effect === 'read-only' || (verb === 'do' && step.idempotent);
  return !key.startsWith('~notice');
}
