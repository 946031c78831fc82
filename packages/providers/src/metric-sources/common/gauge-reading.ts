import type { Reading } from '@slipway/provider-kit';
import { missing } from '../router/reading-of.ts';
import { timeProblem, typeName } from './counts-reading.ts';
import type { Freshness } from './fresh.ts';

/** What a source said of one version, not yet believed. */
export interface SaidValue {
  /** What the value is called where it was found, for messages. */
  readonly name: string;
  readonly value: unknown;
  /** When it was so: ISO 8601 with a zone, epoch milliseconds or a Date; undefined where the source does not say. */
  readonly at?: unknown;
}

/** The value as a reading. What is no finite number, or too old, is missing, with the reason; never a zero. */
export function gaugeReading({ name, value, at }: SaidValue, freshness: Freshness): Reading {
  const problem = valueProblem(name, value) ?? timeProblem(at, freshness);
  return typeof value === 'number' && problem === null ? { kind: 'gauge', value } : missing(problem ?? name);
}

function valueProblem(name: string, value: unknown): string | null {
  if (value === undefined) return `${name} is not there: give a number`;
  if (value === null) return `${name} is null: give a number`;
  if (typeof value !== 'number') return `${name} is a ${typeName(value)}, not a number: give a number`;
  return Number.isFinite(value) ? null : `${name} is ${value}: give a finite number`;
}
