import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlanLanguage, findRedFlags, formatProblem, parsePlan } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, test } from 'vitest';

const PLANS = ['go-live/launch.yaml', 'release-gate/launch.yaml'];
const NOW = Date.UTC(2026, 0, 23);

function parsed(file: string, change: (text: string) => string = String) {
  const text = change(readFileSync(join(import.meta.dirname, '../examples', file), 'utf8'));
  return parsePlan(text, { file, language: createPlanLanguage(registry), standInVersion: '2.2.0' });
}

/** Codes of the red flags that count, but for those that only inform. */
function flagsOf(file: string, change?: (text: string) => string): readonly string[] {
  const read = parsed(file, change);
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  const { plan, places, warnings } = read;
  const flags = findRedFlags({ plan, places, warnings, blind: [], now: NOW });
  return flags.filter(({ severity, ignored }) => severity !== 'info' && ignored === null).map(({ code }) => code);
}

describe('the example plans', () => {
  test.each(PLANS)('%s is valid, and nothing in it is warned of', (file) => {
    const read = parsed(file);
    expect(read.ok ? read.warnings.map(formatProblem) : read.problems.map(formatProblem)).toEqual([]);
  });

  test.each(PLANS)('%s raises no red flag, but those that it gives a reason for', (file) => {
    expect(flagsOf(file)).toEqual([]);
  });

  test('a plan that loses its care raises one', () => {
    const careless = (text: string): string => text.replaceAll(/\n +not: \[author\]/g, '');
    expect(flagsOf('release-gate/launch.yaml', careless)).toContain('SLW009');
  });
});
