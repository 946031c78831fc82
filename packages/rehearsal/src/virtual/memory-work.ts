import { CannotGoOn, type GoingOn, type Work } from '@slipway/engine';

/** Work with the number of its newest enqueuing: a new one is a new reason to look. */
export interface NumberedWork {
  readonly work: Work;
  readonly number: number;
}

/** What waits to be done, as a database would keep it: it outlives the process. */
export class MemoryWork {
  readonly #rows = new Map<string, NumberedWork>();
  #number = 0;

  find(id: string): NumberedWork | undefined {
    return this.#rows.get(id);
  }

  /** The longest due first. */
  all(): readonly NumberedWork[] {
    return [...this.#rows.values()].toSorted((a, b) => a.work.dueAt - b.work.dueAt || (a.work.id < b.work.id ? -1 : 1));
  }

  put(work: Work): NumberedWork {
    this.#number += 1;
    const row = { work, number: this.#number };
    this.#rows.set(work.id, row);
    return row;
  }

  remove(id: string): void {
    this.#rows.delete(id);
  }

  /** Throws CannotGoOn where `from` is not there with this number, or `to` is there already. */
  refuseToReplace({ from, to }: GoingOn, number: number | undefined): void {
    if (number === undefined || this.#rows.get(from)?.number !== number || this.#rows.has(to.id))
      throw new CannotGoOn(`${from} cannot go on with ${to.id}.`);
  }
}
