import type { VersionStore } from '../version-store.ts';
import type { ProcessControl } from './process-control.ts';
import type { VersionLogs } from './version-logs.ts';

/** What the versions of one environment share. */
export interface Surroundings {
  readonly environment: string;
  readonly store: VersionStore;
  readonly logs: VersionLogs;
  readonly control: ProcessControl;
  readonly log: (line: string) => void;
  /** Ports of all the environment's instances. */
  takenPorts(): ReadonlySet<number>;
  newMark(): string;
}
