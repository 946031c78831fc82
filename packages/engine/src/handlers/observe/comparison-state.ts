import { effectPlace, type Json, type Launch } from '@slipway/core';
import type { AnalysisState, CumulativeReading } from '@slipway/judge';

/** A comparison as a note and an outcome keep it. */
export interface KeptComparison {
  /** What a successor, or the next share, goes on from. */
  readonly state: Json;
  /** The readings from which the next counts are taken. */
  readonly before: Json;
}

/** What the last attempt of this very effect noted; null: nothing. */
export function keptOf(note: Json): KeptComparison | null {
  if (!isRecord(note)) return null;
  const { comparison = null } = note;
  if (!isRecord(comparison)) return null;
  const { state = null, before = null } = comparison;
  return { state, before };
}

/**
 * Where the watch before this one ended: of another share, or of this one, when it goes on after a verdict that could not tell. What
 * failed is not gone on with: a person had it tried again, which is a new test.
 */
export function stateBefore(launch: Launch, effect: string): Json {
  const here = effectPlace(effect);
  if (here.of !== 'step') return null;
  let newest: { readonly seq: number; readonly state: Json } | null = null;
  for (const [id, settled] of Object.entries(launch.effects)) {
    const place = effectPlace(id);
    if (place.of !== 'step' || place.step !== here.step || id === effect) continue;
    if (settled.is !== 'settled' || settled.outcome.result !== 'done') continue;
    const { data } = settled.outcome;
    if (data.kind !== 'verdict' || data.verdict.decision === 'fail' || data.analysis === undefined) continue;
    if (newest === null || newest.seq < settled.seq) newest = { seq: settled.seq, state: stateOf(data.analysis) };
  }
  return newest?.state ?? null;
}

function stateOf(analysis: Json): Json {
  return isRecord(analysis) ? (analysis['state'] ?? null) : null;
}

interface Fields {
  readonly [key: string]: Json;
}

function isRecord(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The readings that were noted; whatever is wrong with one of them the judge says when it is compared. */
export function readingsFrom(before: Json): Readonly<Record<string, CumulativeReading>> {
  if (!isRecord(before)) return {};
  const pairs = Object.entries(before).flatMap(([metric, reading]): readonly [string, CumulativeReading][] =>
    isReading(reading) ? [[metric, reading]] : [],
  );
  return Object.fromEntries(pairs);
}

function isReading(value: unknown): value is CumulativeReading {
  if (typeof value !== 'object' || value === null || !('new' in value && 'old' in value)) return false;
  const isTimed = 'at' in value && typeof value.at === 'number' && 'boot' in value && typeof value.boot === 'string';
  return isTimed && 'share' in value && typeof value.share === 'number';
}

/** As far as it can be told at a glance: its rules are compared where it is restored. */
export function isAnalysisState(value: unknown): value is AnalysisState {
  return typeof value === 'object' && value !== null && 'rules' in value && 'tracks' in value;
}

/** Through JSON: what is kept must be what is read back. */
export function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
