import type { VersionSpec } from '../version-spec.ts';
import type { ProcessControl } from './process-control.ts';

/** What an instance asks of the version that it belongs to. */
export interface InstanceOwner {
  readonly spec: VersionSpec;
  readonly control: ProcessControl;
  readonly log: (line: string) => void;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Writes the version's record; throws when it cannot. */
  save(): void;
  /** Ports that other instances have, whether something listens there right now or not. */
  takenPorts(): ReadonlySet<number>;
  logOf(id: string): string;
  /** A mark that no process had yet. */
  newMark(): string;
  /** The version's own environment, secrets included. Waits while they are not known; rejects when the signal is aborted. */
  environment(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
}
