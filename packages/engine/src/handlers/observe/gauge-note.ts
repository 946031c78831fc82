import type { Json } from '@slipway/core';
import { type GaugeMemory, type GaugeReading, gaugeRulesFor, NO_READINGS } from '@slipway/judge';

/** What a watch remembers of its gauges, as its note keeps it. */
export interface KeptGauges {
  /** Epoch ms of the last look, and the same moment on the readings' clock. */
  readonly epoch: number;
  readonly time: number;
  readonly arms: KeptArms;
}

/** By metric. */
export type KeptArms = Readonly<Record<string, { readonly new: GaugeMemory; readonly old: GaugeMemory }>>;

export const NO_ARMS: KeptArms[string] = { new: NO_READINGS, old: NO_READINGS };

/** What the last attempt noted of its gauges. null: nothing, or not in this shape, so that the memory begins anew. */
export function keptGauges(note: Json): KeptGauges | null {
  const kept = isRecord(note) ? note['gauges'] : null;
  if (!isRecord(kept) || !isRecord(kept['arms'])) return null;
  const { epoch, time, arms } = kept;
  if (!isFinite(epoch) || !isFinite(time)) return null;
  const known: Record<string, KeptArms[string]> = {};
  for (const [metric, both] of Object.entries(arms)) {
    if (!isRecord(both)) return null;
    const [fresh, old] = [memoryFrom(both['new']), memoryFrom(both['old'])];
    if (fresh === null || old === null) return null;
    known[metric] = { new: fresh, old };
  }
  return { epoch, time, arms: known };
}

function memoryFrom(value: unknown): GaugeMemory | null {
  if (!isRecord(value)) return null;
  const { spread, newest } = value;
  return isReadings(spread) && isReadings(newest) ? { spread, newest } : null;
}

const { most: MOST } = gaugeRulesFor(0);

function isReadings(value: unknown): value is readonly GaugeReading[] {
  return Array.isArray(value) && value.length <= MOST && value.every(isReading);
}

function isReading(value: unknown): value is GaugeReading {
  return isRecord(value) && isFinite(value['at']) && isFinite(value['value']);
}

const isFinite = (value: unknown): value is number => Number.isFinite(value);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
