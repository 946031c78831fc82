/** A GO and the roles that it may count for. */
export interface Voter {
  readonly person: string;
  readonly roles: readonly string[];
}

/**
 * Seats that stay empty, by role, when each voter takes one of them: as few as can be, by augmenting paths (Kuhn 1955). Who came
 * first never loses a seat, only changes it.
 */
export function emptySeats(
  quorum: Readonly<Record<string, number>>,
  voters: readonly Voter[],
): Readonly<Record<string, number>> {
  const seats = Object.entries(quorum).flatMap(([role, count]) => Array.from({ length: count }, () => role));
  const taken: (Voter | undefined)[] = seats.map(() => undefined);
  const place = (voter: Voter, tried: Set<number>): boolean =>
    seats.some((role, seat) => {
      if (tried.has(seat) || !voter.roles.includes(role)) return false;
      tried.add(seat);
      const before = taken[seat];
      if (before !== undefined && !place(before, tried)) return false;
      taken[seat] = voter;
      return true;
    });
  for (const voter of voters) place(voter, new Set());
  const empty = seats.filter((_, seat) => taken[seat] === undefined);
  return Object.fromEntries([...new Set(empty)].map((role) => [role, empty.filter((each) => each === role).length]));
}

/** The same where each voter counts for every role that they speak for. */
export function missingByRole(
  quorum: Readonly<Record<string, number>>,
  voters: readonly Voter[],
): Readonly<Record<string, number>> {
  const missing = Object.entries(quorum).flatMap(([role, wanted]): [string, number][] => {
    const left = wanted - voters.filter((voter) => voter.roles.includes(role)).length;
    return left > 0 ? [[role, left]] : [];
  });
  return Object.fromEntries(missing);
}
