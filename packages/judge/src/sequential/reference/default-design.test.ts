import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_DESIGN } from '../kernel/design.ts';
import { gradeCase } from './grade-case.ts';
import type { ReferenceCase } from './reference-case.ts';

const FILE = new URL('../fixtures/reference-cases.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly cases: readonly ReferenceCase[] };

describe('the default design decides as the reference does, within the seconds that a case leaves open', () => {
  it.each(cases)('$id: $name', (each) => {
    const { decision, culprit, meets } = gradeCase(each, DEFAULT_DESIGN);
    expect({ decision, culprit, meets }).toEqual({
      decision: each.expect.decision,
      culprit: each.expect.culprit ?? null,
      meets: true,
    });
  });
});
