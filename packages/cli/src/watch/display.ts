import type { LaunchView } from '@slipway/contract';

/** Shows a launch while it is watched. */
export interface Display {
  show(view: LaunchView): void;
  /** What was shown is no longer known to be so. `at`: epoch ms of the last sign of life. */
  lost(at: number, reason: string): void;
  /** The watch is over; what was shown last stays. */
  end(): void;
}

/** For machine output: only the last view counts. */
export const SILENT: Display = { show: () => undefined, lost: () => undefined, end: () => undefined };
