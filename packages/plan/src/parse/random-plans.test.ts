import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../digest.ts';
import type { PlanJson } from '../model/provider-use.ts';
import { testLanguage } from '../testing/catalogue.ts';
import { mutated, mutation } from '../testing/mutation.ts';
import { planOf } from '../testing/problems.ts';
import { randomPlan, writtenPlan } from '../testing/random-plan.ts';
import { timeline } from '../timeline/timeline.ts';
import { PLAN_LIMITS } from './limits.ts';
import { parsePlan } from './parse-plan.ts';

const T0 = Date.parse('2026-11-24T10:00:00Z');
const EVERYTHING = readFileSync(new URL('../testing/fixtures/everything.yaml', import.meta.url), 'utf8');

test('a plan without flaws parses, and its time-line tells each step once, after all that it waits for', () => {
  fc.assert(
    fc.property(randomPlan, fc.boolean(), (written, brackets) => {
      const plan = planOf(writtenPlan(written, brackets));
      const entries = timeline(plan, T0);
      const listed = entries.map(({ id }) => id);
      expect(listed).toEqual(plan.phases.flatMap(({ steps }) => steps));
      expect(listed.toSorted()).toEqual(Object.keys(plan.steps).toSorted());
      const ends = new Map(entries.map(({ id, earliestStart, leastMs }) => [id, earliestStart + leastMs]));
      for (const { id, needs, earliestStart } of entries) {
        const ready = Math.max(T0, ...needs.map((need) => ends.get(need) ?? Number.NaN));
        expect([id, earliestStart]).toEqual([id, ready]);
      }
      // Phases run one after the other.
      expect(entries.every(({ phase, needs }) => phase === plan.phases[0]?.name || needs.length > 0)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('whatever the text, every problem has a place in it', () => {
  const texts = fc.oneof(
    fc.constant(EVERYTHING),
    fc.tuple(randomPlan, fc.boolean()).map(([plan, brackets]) => writtenPlan(plan, brackets)),
  );
  fc.assert(
    fc.property(texts, fc.array(mutation, { minLength: 1, maxLength: 6 }), (whole, mutations) => {
      const text = mutations.reduce(mutated, whole);
      const result = parsePlan(text, { file: 'p', language: testLanguage });
      const problems = result.ok ? result.warnings : result.problems;
      expect(problems.length).toBeGreaterThanOrEqual(result.ok ? 0 : 1);
      expect(problems.length).toBeLessThanOrEqual(PLAN_LIMITS.problems);
      const lines = text.split('\n');
      for (const { line, column, message } of problems) {
        const inside = line >= 1 && column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1;
        expect({ line, column, message, inside }).toMatchObject({ inside: true });
      }
    }),
    { numRuns: 160 },
  );
});

/** The same data with the keys of every map in another order. */
function reordered(value: PlanJson, random: () => number): PlanJson {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => reordered(item as PlanJson, random));
  const entries = Object.entries(value).map(([key, item]) => ({ key, item, rank: random() }));
  entries.sort((a, b) => a.rank - b.rank);
  return Object.fromEntries(entries.map(({ key, item }) => [key, reordered(item as PlanJson, random)]));
}

test('the canonical form of a plan does not depend on the order of its keys', () => {
  fc.assert(
    fc.property(randomPlan, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (written, ranks) => {
      const random = (): number => Number(ranks.next().value);
      const other = writtenPlan(reordered(written, random), false);
      expect(canonicalJson(planOf(other))).toBe(canonicalJson(planOf(writtenPlan(written, false))));
    }),
    { numRuns: 30 },
  );
});
