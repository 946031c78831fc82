import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dispersionOf } from '../calibrate/dispersion.ts';
import { REFERENCE_DESIGN } from '../kernel/design.ts';
import type { ReferenceCase } from './reference-case.ts';
import { runReferenceCase } from './run-reference-case.ts';
import { type ReferenceAggregate, runReplicate } from './run-replicate.ts';

interface ReferenceFile {
  readonly cases: readonly ReferenceCase[];
  readonly dispersion: readonly {
    readonly shares: readonly number[];
    readonly bad: readonly (readonly number[])[];
    readonly phi: number;
  }[];
  readonly aggregate: readonly (ReferenceAggregate & {
    readonly name: string;
    readonly expect: { readonly first20: readonly (readonly [string, number | null])[] };
  })[];
}

const FILE = new URL('../fixtures/reference-cases.json', import.meta.url);
const { cases, dispersion, aggregate } = JSON.parse(readFileSync(FILE, 'utf8')) as ReferenceFile;

describe('reference cases', () => {
  it.each(cases)('$id: $name', (each) => {
    const { standings, ...result } = runReferenceCase(each, REFERENCE_DESIGN);
    const { decision, second, culprit = null, logE = [] } = each.expect;
    expect(result).toEqual({ decision, second, culprit });
    for (const [at, harm, harmless] of logE) {
      const standing = standings[at - 1] ?? { harm: 0, harmless: 0 };
      expect(standing.harm).toBeCloseTo(harm ?? Infinity, 6);
      expect(standing.harmless).toBeCloseTo(harmless ?? Infinity, 6);
    }
  });

  it.each(dispersion)('dispersion of $shares.length shards is $phi', ({ shares, bad, phi }) => {
    expect(dispersionOf(shares, bad)).toBeCloseTo(phi, 9);
  });

  it.each(aggregate)('simulated: $name', (each) => {
    const found = each.expect.first20.map((_, replicate) => runReplicate(each, replicate, REFERENCE_DESIGN));
    expect(found.map(({ decision, second }) => [second === null ? 'none' : decision, second])).toEqual(
      each.expect.first20,
    );
  });
});
