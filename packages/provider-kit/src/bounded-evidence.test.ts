import { expect, it } from 'vitest';
import { boundedEvidence } from './bounded-evidence.ts';
import type { EvidenceItem } from './evidence.ts';

const item = (asked: string, verdict: EvidenceItem['verdict']): EvidenceItem => ({
  asked,
  found: 'f',
  expected: 'e',
  verdict,
});
const items = (count: number, verdict: EvidenceItem['verdict']) =>
  Array.from({ length: count }, (_, i) => item(`${verdict} ${i}`, verdict));

it('leaves evidence within its bounds as it is', () => {
  const all = [...items(60, 'pass'), ...items(40, 'fail')];
  expect(boundedEvidence('done', all)).toEqual({ summary: 'done', items: all });
});

it.each([
  [200, 'pass', 0, 'pass', '101 more'],
  [200, 'pass', 150, 'fail', '251 more'],
  [200, 'pass', 5, 'unknown', '106 more'],
] as const)('of %i %s and %i %s keeps the worst first', (passing, pass, others, verdict, rest) => {
  const bounded = boundedEvidence('done', [...items(passing, pass), ...items(others, verdict)]).items;
  expect(bounded).toHaveLength(100);
  expect(bounded.filter((each) => each.verdict === verdict).length).toBeGreaterThanOrEqual(Math.min(others, 100));
  expect(bounded.at(-1)).toMatchObject({ asked: rest, verdict: others > 99 ? verdict : 'pass' });
});

it('cuts long texts without leaving half a character', () => {
  const long = '😀'.repeat(3000);
  const evidence = boundedEvidence(long, [{ asked: long, found: `x${long}`, expected: long, verdict: 'pass' }]);
  const texts = [evidence.summary, ...evidence.items.flatMap((each) => [each.asked, each.found, each.expected])];
  for (const text of texts) {
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(text.isWellFormed() && text.endsWith('…')).toBe(true);
  }
});

it('leaves no half of a secret at a cut: redaction would not know it', () => {
  const secret = 'correct-horse-battery';
  const text = `${'x '.repeat(990)}token=${secret} and more, ${'y '.repeat(99)}`;
  expect(text.indexOf(secret)).toBeLessThan(1998);
  expect(text.indexOf(secret) + secret.length).toBeGreaterThan(1998);
  expect(boundedEvidence(text, []).summary).toBe(`${'x '.repeat(990)}token= …`);
});
