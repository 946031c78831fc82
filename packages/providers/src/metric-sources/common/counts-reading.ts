import type { Reading } from '@slipway/provider-kit';
import { missing } from '../router/reading-of.ts';
import type { Freshness } from './fresh.ts';
import { staleReason } from './fresh.ts';

/** What a source said of one version, not yet believed. `at` and `boot` are undefined where it does not say. */
export interface SaidCounts {
  readonly bad: unknown;
  readonly total: unknown;
  /** When they were counted: ISO 8601 with a zone, epoch milliseconds or a Date. */
  readonly at?: unknown;
  /** Changes when the counts begin again at zero: a text or a number. */
  readonly boot?: unknown;
}

/** One version's reading, with the boot of what counts. */
export interface ArmReading {
  readonly reading: Reading;
  readonly boot: string;
}

/** The counts as a reading. What is no count, is too old or contradicts itself is missing, with the reason; never a zero. */
export function countsReading(said: SaidCounts, freshness: Freshness): ArmReading {
  const problem = countProblem('bad', said.bad) ?? countProblem('total', said.total) ?? timeProblem(said.at, freshness);
  if (problem !== null) return without(problem);
  const [bad, total] = [Number(said.bad), Number(said.total)];
  if (bad > total) return without(`bad is ${bad} and total is ${total}: bad must count a part of total`);
  const boot = bootOf(said.boot);
  if (boot === null) return without('boot is neither a text nor a number: give one that changes when counts restart');
  return { reading: { kind: 'ratio', bad, total }, boot };
}

/** The boot of what never says one. */
export const UNNAMED_BOOT = 'unnamed';

/** An arm without a reading. */
export const without = (reason: string): ArmReading => ({ reading: missing(reason), boot: UNNAMED_BOOT });

/** Why a value is no count; null where it is one. */
export function countProblem(name: string, value: unknown): string | null {
  if (value === undefined) return `${name} is not there: give a cumulative count`;
  if (value === null) return `${name} is null: give 0 where nothing was counted`;
  if (typeof value !== 'number') return `${name} is a ${typeName(value)}, not a number: give a cumulative count`;
  if (!Number.isFinite(value)) return `${name} is ${value}: give a cumulative count, not a quotient`;
  if (value < 0) return `${name} is negative: give a cumulative count`;
  if (!Number.isSafeInteger(value))
    return `${name} is ${value}, not a whole number: give a cumulative count, not a rate or a share`;
  return null;
}

export const typeName = (value: unknown): string =>
  Array.isArray(value) ? 'list' : typeof value === 'string' ? 'text' : typeof value;

/** Why a time cannot be used; null where it can, or none is said. */
export function timeProblem(at: unknown, freshness: Freshness): string | null {
  if (at === undefined) return null;
  const time = epochOf(at);
  return time === null
    ? 'at is no time: give ISO 8601 with a zone, or epoch milliseconds'
    : staleReason(time, freshness);
}

/** With its zone: a local time would be read in the server's zone. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function epochOf(at: unknown): number | null {
  const time = at instanceof Date ? at.getTime() : typeof at === 'string' && ISO_TIME.test(at) ? Date.parse(at) : at;
  return typeof time === 'number' && Number.isFinite(time) ? time : null;
}

function bootOf(boot: unknown): string | null {
  if (boot === undefined) return UNNAMED_BOOT;
  if (typeof boot === 'number' && Number.isFinite(boot)) return String(boot);
  return typeof boot === 'string' && boot !== '' ? boot.slice(0, 200) : null;
}
