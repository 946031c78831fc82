/**
 * Whether people can fill every seat when each takes one: a matching by augmenting paths (Kuhn 1955). A seat for which there is no
 * such path stays empty in every matching that fills the seats before it, so the first one answers.
 * `quorum`: role to its seats; `voters`: role to those who may sit there.
 */
export function canFill(
  quorum: Readonly<Record<string, number>>,
  voters: Readonly<Record<string, readonly string[]>>,
): boolean {
  const seats = Object.entries(quorum).flatMap(([role, count]) =>
    Array.from({ length: count }, () => voters[role] ?? []),
  );
  const seatOf = new Map<string, number>();
  const place = (seat: number, tried: Set<string>): boolean =>
    (seats[seat] ?? []).some((person) => {
      if (tried.has(person)) return false;
      tried.add(person);
      const taken = seatOf.get(person);
      if (taken !== undefined && !place(taken, tried)) return false;
      seatOf.set(person, seat);
      return true;
    });
  return seats.every((_, seat) => place(seat, new Set()));
}
