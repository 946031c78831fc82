/** What was counted in one second. */
interface Second {
  readonly units: number;
  readonly bad: number;
}

/**
 * Counts of several seconds, second by second, as even as whole units may be; bad ones only where there are units. What was counted in
 * between is not known, and all of it in the last second would look as if it had come together.
 */
export function spread({ units, bad }: Second, seconds: number): readonly Second[] {
  const unitsBy = (second: number): number => Math.floor((units * second) / seconds);
  const badBy = (second: number): number => (units === 0 ? 0 : Math.floor((bad * unitsBy(second)) / units));
  return Array.from({ length: seconds }, (_, second) => ({
    units: unitsBy(second + 1) - unitsBy(second),
    bad: badBy(second + 1) - badBy(second),
  }));
}
