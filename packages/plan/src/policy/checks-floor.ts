import type { PlanJson } from '../model/provider-use.ts';
import type { CheckStep } from '../model/step.ts';
import { formatDuration, parseDuration } from '../text/duration.ts';
import type { ChecksFloor } from './policy.ts';

/** A check that a floor asks for and that is not there, or is not strict enough. */
export interface LackingCheck {
  /** What is wrong, behind "this changes production, ". */
  readonly said: string;
  /** What to add. */
  readonly expected: string;
}

/** What the checks in front of a step lack to be as strict as the floor; empty: they are, or are stricter. Pure. */
export function lackingChecks(checks: readonly CheckStep[], floor: ChecksFloor): readonly LackingCheck[] {
  // Production follows the no of a check that decides as it follows its yes.
  const proving = checks.filter(({ decides }) => decides !== true);
  return [...lackingRehearsal(proving, floor), ...lackingWayBack(proving, floor)];
}

function lackingRehearsal(checks: readonly CheckStep[], { rehearsal }: ChecksFloor): readonly LackingCheck[] {
  if (!rehearsal || checks.some(({ check }) => check.provider === 'rehearsal')) return [];
  return [
    {
      said: 'and no check in front of it has the plan rehearsed',
      expected: 'a step in front of it such as {check: The plan is rehearsed, rehearsal: {}}',
    },
  ];
}

function lackingWayBack(checks: readonly CheckStep[], { rollbackRehearsed }: ChecksFloor): readonly LackingCheck[] {
  if (rollbackRehearsed === null) return [];
  const known = checks.flatMap(({ id, check }) =>
    check.provider === 'launches' ? [{ id, lacks: wayBackShortcomings(check.config, rollbackRehearsed) }] : [],
  );
  if (known.some(({ lacks }) => lacks.length === 0)) return [];
  const [closest] = known.toSorted((one, other) => one.lacks.length - other.lacks.length);
  const said = 'and no check in front of it proves that the way back was walked on staging';
  const within = formatDuration(rollbackRehearsed);
  return [
    {
      said: closest === undefined ? said : `${said}: ${closest.id} lacks ${closest.lacks.join(', ')}`,
      expected: `a step in front of it such as {check: The way back was walked, launches: {way-back: verified, tier: staging, within: ${within}}}`,
    },
  ];
}

/** A template may become anything: it keeps to no floor. */
function wayBackShortcomings(config: PlanJson, longest: number): readonly string[] {
  const given = keysOf(config);
  const { within } = given;
  const age = typeof within === 'string' ? parseDuration(within) : null;
  const { same = 'artifact' } = given;
  return [
    ...(given['way-back'] === 'verified' ? [] : ['way-back: verified']),
    ...(given['tier'] === 'staging' ? [] : ['tier: staging']),
    ...(same === 'artifact' || same === 'plan' ? [] : ['same: artifact']),
    ...(age !== null && age <= longest ? [] : [`within: ${formatDuration(longest)}`]),
  ];
}

function keysOf(config: PlanJson): Readonly<Record<string, PlanJson>> {
  return typeof config === 'object' && config !== null && !Array.isArray(config)
    ? (config as Readonly<Record<string, PlanJson>>)
    : {};
}
