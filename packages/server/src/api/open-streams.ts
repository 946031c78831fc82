/** A screen or two each, and no page that opens them without end. */
const MOST_OF_ONE_PERSON = 50;
const MOST_IN_ALL = 1_000;

/** Counts who has how many streams open. */
export class OpenStreams {
  readonly #byPerson = new Map<string, number>();
  #all = 0;

  /** Returns the way to give the place back, to be called once; null: there is none left. */
  take(person: string): (() => void) | null {
    const own = this.#byPerson.get(person) ?? 0;
    if (own >= MOST_OF_ONE_PERSON || this.#all >= MOST_IN_ALL) return null;
    this.#byPerson.set(person, own + 1);
    this.#all += 1;
    return () => this.#giveBack(person);
  }

  #giveBack(person: string): void {
    const left = (this.#byPerson.get(person) ?? 0) - 1;
    if (left > 0) this.#byPerson.set(person, left);
    else this.#byPerson.delete(person);
    this.#all -= 1;
  }
}
