import { launchRecord, type LaunchRecord } from '@slipway/contract';

/** A record as it stands in a text; null: it is none. What is hashed is what was read, not what a schema made of it. */
export function parseRecord(text: string): LaunchRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is LaunchRecord {
  return launchRecord.safeParse(value).success;
}
