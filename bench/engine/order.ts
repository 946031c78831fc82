/** Where an engine of the bench keeps its state. */
export type Storage =
  | { readonly is: 'file'; readonly path: string }
  | { readonly is: 'postgres'; readonly url: string };

/** What a process with an engine, or with DBOS, is started for. */
export interface EngineOrder {
  readonly storage: Storage;
  /** Of providers. */
  readonly folder: string;
}

/** So many launches, or workflows, at once, each with so many steps one after the other that do nothing. */
export interface StepsOrder {
  readonly launches: number;
  readonly steps: number;
}
