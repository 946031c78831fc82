import { effectPlace } from '@slipway/core';
import type { Flown } from '../run/flown.ts';

/** What must be so at the end of every scenario, whatever went wrong in it. */
export type InvariantName = 'legal-end' | 'watched' | 'reverse-order' | 'done-once';

export interface BrokenInvariant {
  readonly invariant: InvariantName;
  readonly why: string;
}

type Check = (flown: Flown) => string | null;

/** In the order of the names above; null: it holds. */
const CHECKS: Readonly<Record<InvariantName, Check>> = {
  'legal-end': legalEnd,
  watched,
  'reverse-order': reverseOrder,
  'done-once': doneOnce,
};

const NAMES = ['legal-end', 'watched', 'reverse-order', 'done-once'] as const;

/** Those that do not hold, with the reason. */
export function brokenInvariants(flown: Flown): readonly BrokenInvariant[] {
  return NAMES.flatMap((invariant) => {
    const why = CHECKS[invariant](flown);
    return why === null ? [] : [{ invariant, why }];
  });
}

/** The last word of the log is the end that the state says. */
function legalEnd({ end, log }: Flown): string | null {
  const endings = log.flatMap(({ event }) => (event.type === 'launch-ended' ? [event.as] : []));
  const last = endings.at(-1);
  if (end === 'held' || end === 'stuck') return last === undefined ? null : `it is ${end} after it ended as ${last}`;
  return last === end ? null : `it is ${end}, and the log says ${last ?? 'nothing'} of an end`;
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
