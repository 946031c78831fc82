/**
 * `expand`: the version that runs goes on as if nothing happened. `contract`: it may break, or wait for a lock; no data is lost.
 * `destructive`: data is lost, or it cannot be told that none is.
 */
export const MIGRATION_CLASSES = ['expand', 'contract', 'destructive'] as const;

export type MigrationClass = (typeof MIGRATION_CLASSES)[number];

/** A class and the reason for it, for people. */
export interface Classified {
  readonly class: MigrationClass;
  readonly why: string;
}

export const expand = (why: string): Classified => ({ class: 'expand', why });
export const contract = (why: string): Classified => ({ class: 'contract', why });
export const destructive = (why: string): Classified => ({ class: 'destructive', why });

/** The worst of several; `none`, where there are none. */
export function worstOf(each: readonly Classified[], none: Classified): Classified {
  const rank = ({ class: own }: Classified): number => MIGRATION_CLASSES.indexOf(own);
  return each.reduce((worst, one) => (rank(one) > rank(worst) ? one : worst), each[0] ?? none);
}
