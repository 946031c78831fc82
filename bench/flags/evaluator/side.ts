import type { Person } from './people.ts';
import type { Question } from './questions.ts';

/** An evaluator, set up as its own documentation has it for a server. */
export interface Side {
  /**
   * Asks once for each of the people, in the loop of the side itself, so that none pays for what another needs.
   * Gives how many have it: whoever does not count what came out may be given nothing by the compiler.
   */
  ask(question: Question): number | Promise<number>;
}

/** The people are told in the words of the side before the clock runs. Resolves when it answers. */
export type OpenSide = (people: readonly Person[]) => Promise<Side>;
