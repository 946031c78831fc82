/** When a shard is in alarm: what is counted in place of bad units where these come together. */
export interface AlarmRules {
  /** Seconds that are looked at together, whole, 1 or more. */
  readonly window: number;
  /** Bad units of a shard in such a window that are no alarm yet: whole, 0 or more. */
  readonly atMost: number;
  /** Seconds after an alarm for which a shard says nothing, 0 or more: what follows has the same cause. */
  readonly rest: number;
}

/** What is above it is no count of one shard in one window. */
const MOST = 10_000;

/** Throws a RangeError. */
export function assertAlarmRules({ window, atMost, rest }: AlarmRules): void {
  const areWhole = [window, atMost, rest].every((number) => Number.isInteger(number) && number <= MOST);
  if (!areWhole || window < 1 || atMost < 0 || rest < 0) throw new RangeError('no rules of an alarm');
}
