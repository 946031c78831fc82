import type { SignoffStep } from '../model/step.ts';
import { formatDuration } from '../text/duration.ts';
import { own } from '../text/own.ts';
import type { SignoffFloor } from './policy.ts';

/** What a sign-off lacks to be as strict as the floor; empty: it is, or is stricter. */
export function shortcomings(signoff: SignoffStep, floor: SignoffFloor): readonly string[] {
  const votes = Object.entries(floor.quorum).flatMap(([role, least]) =>
    (own(signoff.quorum, role) ?? 0) < least ? [`${role}: ${least}`] : [],
  );
  const shut = floor.not.filter((word) => signoff.not?.includes(word) !== true);
  const isDistinct = signoff.distinct === true || Object.keys(signoff.quorum).length < 2;
  const { expires } = floor;
  return [
    ...votes,
    ...(shut.length === 0 ? [] : [`not: [${shut.join(', ')}]`]),
    ...(floor.distinct && !isDistinct ? ['distinct: true'] : []),
    ...(expires !== null && (signoff.expires ?? Number.POSITIVE_INFINITY) > expires
      ? [`expires: ${formatDuration(expires)}`]
      : []),
  ];
}
