/** Processes whose lock was free at every look since, by when the first of those looks had its answer (running time, ms). */
export type Suspects = ReadonlyMap<string, number>;

/** When a look was asked and answered, in running time (ms). */
export interface LookTime {
  readonly asked: number;
  readonly answered: number;
}

/** Milliseconds for which a lock must have been free: whoever lives and has lost its connection has it back by then, or lets go. */
export const PATIENCE = 2_000;

/** `free`: whose lock was free at the look after that of `before`. */
export function suspectsOf(before: Suspects, free: readonly string[], { answered }: LookTime): Suspects {
  return new Map(free.map((process) => [process, before.get(process) ?? answered]));
}

export function deadOf(suspects: Suspects, { asked }: LookTime): readonly string[] {
  return [...suspects].filter(([, since]) => asked - since >= PATIENCE).map(([process]) => process);
}
