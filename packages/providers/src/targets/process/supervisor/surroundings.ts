import type { VersionStore } from '../version-store.ts';

/** What the versions of one environment share. */
export interface Surroundings {
  readonly environment: string;
  readonly store: VersionStore;
  /** The folder of the instances' logs. */
  readonly logs: string;
  readonly log: (line: string) => void;
  /** Ports of all the environment's instances. */
  takenPorts(): ReadonlySet<number>;
  newMark(): string;
}
