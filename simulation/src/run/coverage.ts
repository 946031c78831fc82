/** How often what happened: a campaign that has stopped exercising something must not look like one that found nothing. */
export class Coverage {
  readonly #counts = new Map<string, number>();

  count(what: string, times = 1): void {
    this.#counts.set(what, this.of(what) + times);
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  add(other: Coverage): void {
    for (const [what, times] of other.#counts) this.count(what, times);
  }

  /** One line a group: what stands before the first colon is the group. */
  describe(): string {
    const groups = new Map<string, string[]>();
    for (const [what, times] of [...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const [group = '', ...rest] = what.split(': ');
      groups.set(group, [...(groups.get(group) ?? []), `${rest.join(': ')} ${times}`]);
    }
    return [...groups].map(([group, lines]) => `${group}: ${lines.join(', ')}`).join('\n');
  }
}
