import type { ProcessEntry } from '@slipway/provider-kit';
import { endProcessGroup, findByEnvironment, findProcess } from '@slipway/provider-kit';

/**
 * The processes of one program: those that carry a mark in their environment, and the groups of which such a one is the leader. A browser's
 * helpers leave its group, but keep the mark; its renderers lose the mark, but stay in the group.
 */
export class MarkedProcesses {
  readonly #variable: string;
  readonly value: string;
  #leaders: readonly ProcessEntry[] = [];

  constructor(variable: string, value: string) {
    this.#variable = variable;
    this.value = value;
  }

  /** Whoever leads a group now is known from then on, should it die before the rest of the group. */
  remember(): void {
    this.#leaders = this.#marked().filter(({ pid, group }) => pid === group);
  }

  /** Kills what is left of them; resolves when nothing is. */
  async end(): Promise<void> {
    const left = [...this.#leaders.filter(mayHaveLeft), ...this.#marked()].map(({ group }) => group);
    await Promise.all([...new Set(left)].map((group) => endProcessGroup(group, 0)));
  }

  #marked(): readonly ProcessEntry[] {
    return findByEnvironment(this.#variable, (value) => value === this.value);
  }
}

/** Another process with the leader's number: the group is empty, and its number is used again. */
function mayHaveLeft({ pid, started }: ProcessEntry): boolean {
  const now = findProcess(pid);
  return now === null || now.started === started;
}
