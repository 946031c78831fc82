import type { ScenarioCondition, ScenarioRow } from '../model/scenario.ts';

type Value = Extract<ScenarioCondition, { kind: 'value' }>;

/** Whether the earlier row is true whenever the later one is: the later one then proposes nothing. */
export function hides(earlier: ScenarioRow, later: ScenarioRow): boolean {
  return earlier.when.every((asked) => later.when.some((given) => implies(given, asked)));
}

/** Whether two rows may be true of the same facts. */
export function mayBothBeTrue(one: ScenarioRow, other: ScenarioRow): boolean {
  return !one.when.some((first) => other.when.some((second) => contradicts(first, second)));
}

/** Two conditions of this row that are never true together, by their places; null: there are none. */
export function conflictIn({ when }: ScenarioRow): readonly [number, number] | null {
  for (const [second, later] of when.entries()) {
    const first = when.slice(0, second).findIndex((earlier) => contradicts(earlier, later));
    if (first >= 0) return [first, second];
  }
  return null;
}

function sameFact(one: ScenarioCondition, other: ScenarioCondition): boolean {
  if (one.kind === 'calendar' || other.kind === 'calendar') return one.kind === other.kind;
  if (one.step !== other.step || one.kind !== other.kind) return false;
  return one.kind !== 'value' || other.kind !== 'value' || one.of === other.of;
}

function implies(given: ScenarioCondition, asked: ScenarioCondition): boolean {
  if (!sameFact(given, asked)) return false;
  if (given.kind === 'value' && asked.kind === 'value') return valueImplies(given, asked);
  return given.kind !== 'value' && asked.kind !== 'value' && given.is === asked.is;
}

function contradicts(one: ScenarioCondition, other: ScenarioCondition): boolean {
  if (!sameFact(one, other)) return false;
  if (one.kind === 'value' && other.kind === 'value') return valuesContradict(one, other);
  return one.kind !== 'value' && other.kind !== 'value' && one.is !== other.is;
}

function valueImplies(given: Value, asked: Value): boolean {
  if (asked.equals !== undefined) return given.equals !== undefined && isSame(given.equals, asked.equals);
  const number = numberOf(given);
  const [low, high] = number === null ? boundsOf(given) : [number, number];
  const [least, most] = boundsOf(asked);
  const isAbove = number === null ? low >= least : low > least;
  const isBelow = number === null ? high <= most : high < most;
  return isAbove && isBelow && (number !== null || given.equals === undefined);
}

function valuesContradict(one: Value, other: Value): boolean {
  if (one.equals !== undefined && other.equals !== undefined) return !isSame(one.equals, other.equals);
  const [exact, range] = one.equals === undefined ? [other, one] : [one, other];
  const [low, high] = boundsOf(range);
  if (exact.equals === undefined) {
    const [least, most] = boundsOf(exact);
    return Math.max(low, least) >= Math.min(high, most);
  }
  const number = numberOf(exact);
  return number === null || number <= low || number >= high;
}

const isSame = (one: string | number, other: string | number): boolean => String(one) === String(other);

const boundsOf = ({ above = -Infinity, below = Infinity }: Value): readonly [number, number] => [above, below];

/** A text that reads as a number is one. */
function numberOf({ equals }: Value): number | null {
  const number = typeof equals === 'string' && equals.trim() !== '' ? Number(equals) : equals;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
