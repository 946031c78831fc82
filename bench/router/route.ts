/** A way to the version. */
export interface Route {
  readonly label: string;
  readonly url: string;
  /** Of the process in between; null: there is none. */
  readonly pid: number | null;
  stop(): Promise<void>;
}
