import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_DESIGN } from '../sequential/kernel/design.ts';
import { ComparisonBets } from '../sequential/kernel/growth.ts';
import type { ClassifierCase, CriticismCase, ScorerCase } from './kayenta-case.ts';
import { type Compared, onClassifierCase, onCriticismCase, onScorerCase } from './verdict-on-case.ts';

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/${file}.json`, import.meta.url), 'utf8')) as T;
}

interface Listed extends Compared {
  /** There where ours is none of those that were asked for. */
  readonly why?: string;
}

const listed = read<Readonly<Record<string, readonly Listed[]>>>('verdicts');

const COMPARED = [
  ...read<ClassifierCase[]>('classifier-cases').flatMap((each) => onClassifierCase(each) ?? []),
  ...read<CriticismCase[]>('criticism-cases').map(onCriticismCase),
  ...read<ScorerCase[]>('scorer-cases').map(onScorerCase),
];
const LISTED = Object.values(listed).flat();

describe("Kayenta's cases", () => {
  it.each(COMPARED)('$name: $says', (compared) => {
    const { why, ...found } = LISTED.find(({ name }) => name === compared.name) ?? {};
    expect(compared).toEqual(found);
    const agrees = compared.asked.includes(compared.says);
    expect({ agrees, isExplained: why !== undefined }).toEqual({ agrees, isExplained: !agrees });
  });

  it('are all in the list, and nothing else is', () => {
    expect(LISTED.map(({ name }) => name)).toEqual(COMPARED.map(({ name }) => name));
  });

  it('are judged alike whatever number of requests they came from, while the margin has no points', () => {
    const growth = (requests: number, points: number): readonly number[] => {
      const bets = new ComparisonBets(DEFAULT_DESIGN.up, { ratio: 1.1, points, dispersion: 1 });
      return [...bets.on({ newUnits: requests, newBad: 20, oldUnits: requests, oldBad: 5 })];
    };
    expect(growth(20, 0)).toEqual(growth(20_000, 0));
    expect(growth(20, 0.001)).not.toEqual(growth(20_000, 0.001));
  });
});
