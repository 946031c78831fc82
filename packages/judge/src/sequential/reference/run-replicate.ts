import type { Design } from '../kernel/design.ts';
import { randomWords } from './random-words.ts';
import type { ReferenceConfig } from './reference-case.ts';
import { type ReferenceResult, runReferenceCase } from './run-reference-case.ts';

/** Streams that are drawn rather than recorded: so many units each second, each bad by chance. */
export interface ReferenceAggregate {
  readonly config: ReferenceConfig;
  /** Units a second, new and old. */
  readonly nc: number;
  readonly nt: number;
  readonly canary: Chance;
  readonly control: Chance;
  readonly ticks: number;
  readonly seed: number;
}

interface Chance {
  readonly p: number;
  /** What it is after this second. */
  readonly from?: { readonly second: number; readonly p: number } | undefined;
  /** For `length` seconds of each `period` it is so many times more. */
  readonly burst?: { readonly period: number; readonly length: number; readonly factor: number } | undefined;
}

const WORDS = 2 ** 32;

/** The n-th stream of its seed, from 0, and what the judge makes of it. */
export function runReplicate(aggregate: ReferenceAggregate, replicate: number, design: Design): ReferenceResult {
  const { config, nc, nt, canary, control, ticks, seed } = aggregate;
  const next = randomWords(seed + replicate);
  const draw = (units: number, limit: number): number => {
    let bad = 0;
    for (let unit = 0; unit < units; unit += 1) if (next() < limit) bad += 1;
    return bad;
  };
  const [ec, et]: [number[], number[]] = [[], []];
  for (let second = 1; second <= ticks; second += 1) {
    ec.push(draw(nc, Math.floor(chanceAt(canary, second) * WORDS)));
    et.push(draw(nt, Math.floor(chanceAt(control, second) * WORDS)));
  }
  const always = (units: number): readonly number[] => Array.from({ length: ticks }, () => units);
  const stream = { nc: always(nc), ec, nt: always(nt), et };
  const streams = Object.fromEntries(Object.keys(config.metrics).map((name) => [name, stream]));
  const expect = { decision: 'continue', second: null } as const;
  return runReferenceCase({ id: '', name: '', config, ticks, streams, expect }, design);
}

function chanceAt({ p, from, burst }: Chance, second: number): number {
  const base = from !== undefined && second > from.second ? from.p : p;
  return burst !== undefined && second % burst.period < burst.length ? base * burst.factor : base;
}
