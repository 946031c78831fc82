import { longLog } from '../report/long-log.ts';

export interface PlantedRecord {
  readonly whole: string;
  /** The same with one word of one event changed. */
  readonly changed: string;
  /** Sequence number of that event. */
  readonly at: number;
}

/** A record as `slipway record` writes it, and one that somebody touched. `at`: which event, where it has something to change. Pure. */
export function plantedRecord(events: number, at: number): PlantedRecord {
  const log = longLog({ shape: 'effects', events });
  const record = { format: 'slipway-record-1', launch: 'bench-1', events: log };
  const changed = log.map((stored) => (stored.seq === at ? { ...stored, actor: SOMEBODY } : stored));
  return { whole: JSON.stringify(record), changed: JSON.stringify({ ...record, events: changed }), at };
}

const SOMEBODY = { kind: 'person', id: 'somebody.else@example.com' } as const;
