import type { InstanceRecord } from '../version-record.ts';
import { backOffMs } from './back-off.ts';
import { endProcesses } from './instance-processes.ts';

/** How an instance's processes are ended, and how long is waited before they are started again. */
export interface ProcessControl {
  /** See endProcesses. */
  end(record: Pick<InstanceRecord, 'process' | 'mark'>, graceMs: number): Promise<void>;
  /** Milliseconds, see backOffMs. */
  pauseMs(endsInARow: number): number;
}

export const processControl: ProcessControl = { end: endProcesses, pauseMs: backOffMs };
