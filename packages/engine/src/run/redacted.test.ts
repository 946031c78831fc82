import type { MirrorReport, Outcome } from '@slipway/core';
import { createRedactor, type Redactor } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { redactedLook, redactedNote, redactedOutcome } from './redacted.ts';

function knowing(...secrets: readonly string[]): Redactor {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

const SECRET = 's3cr3t';
const evidence = (text: string) => ({
  summary: text,
  items: [{ asked: text, found: text, expected: text, verdict: 'pass' as const }],
});
const verdict = (text: string) => ({
  decision: 'pass' as const,
  culprit: null,
  sentence: text,
  findings: [{ condition: text, holds: 'yes' as const, values: { errors: { new: 1234, old: 0 } } }],
  samples: 1234,
  exposure: 1234,
  firstBadAt: null,
  from: 0,
  to: 1,
});

const report = (text: string): MirrorReport => ({
  version: '2.0.0',
  share: 10,
  boot: 'one',
  copied: 1234,
  failed: 0,
  compared: 1234,
  different: 1,
  differences: { status: 0, body: 1 },
  leftOut: { busy: 0, tooLarge: 0, brokenOff: 0 },
  latency: { new: { p50: 1, p99: 2 }, old: { p50: null, p99: null } },
  samples: [{ at: 1, method: 'GET', path: text, what: 'body', detail: [text, 200] }],
});

const outcomes = (text: string): readonly Outcome[] => [
  { result: 'done', evidence: evidence(text), data: { kind: 'none' } },
  { result: 'done', evidence: evidence(text), data: { kind: 'survey', current: '1.0.0' } },
  { result: 'done', evidence: evidence(text), data: { kind: 'verdict', verdict: verdict(text) } },
  {
    result: 'done',
    evidence: evidence(text),
    data: { kind: 'verdict', verdict: verdict(text), mirror: report(text) },
  },
  { result: 'failed', reason: text, retryable: true, retryAfter: 1234, evidence: evidence(text) },
  { result: 'failed', reason: text, retryable: false, retryAfter: null, evidence: null },
  { result: 'unknown', reason: text },
  { result: 'cancelled' },
];

test.each(outcomes(`using ${SECRET} now`))('no text of an outcome keeps a secret: %j', (outcome) => {
  const clean = redactedOutcome(knowing(SECRET), outcome);
  expect(JSON.stringify(clean)).not.toContain(SECRET);
  expect(clean.result).toBe(outcome.result);
});

test.each(outcomes('all is well'))('a secret that is a word of Slipway or a figure changes nothing: %j', (outcome) => {
  const words = ['done', 'failed', 'unknown', 'kind', 'none', 'pass', 'verdict', 'result', 'survey', '1234'];
  expect(redactedOutcome(knowing(...words), outcome)).toEqual(outcome);
});

test('evidence that a provider did not bound is bounded, after its secrets are gone', () => {
  const items = Array.from({ length: 5_000 }, () => ({
    asked: 'x',
    found: 'y',
    expected: 'z',
    verdict: 'pass' as const,
  }));
  const outcome: Outcome = {
    result: 'done',
    evidence: { summary: `${'a'.repeat(100_000)} ${SECRET}`, items },
    data: { kind: 'none' },
  };
  expect(JSON.stringify(redactedOutcome(knowing(SECRET), outcome)).length).toBeLessThan(100_000);
});

test('a note keeps its shape and loses its secrets', () => {
  const note = {
    startedAt: 1234,
    samples: { errors: { new: { kind: 'missing', reason: `no ${SECRET}` } } },
    list: [SECRET],
  };
  expect(redactedNote(knowing(SECRET, 'missing', '1234', 'samples'), note)).toEqual({
    startedAt: 1234,
    samples: { errors: { new: { kind: 'missing', reason: 'no [redacted]' } } },
    list: ['[redacted]'],
  });
});

test('a live look loses its secrets', () => {
  const look = {
    step: 'ramp',
    environment: 'production',
    at: 0,
    elapsed: 1,
    hold: 2,
    standing: 'no-data' as const,
    sentence: `the source said ${SECRET}`,
    samples: null,
    minSamples: 1,
    exposure: null,
    firstBadAt: null,
    metrics: [],
  };
  expect(redactedLook(knowing(SECRET), look)).toEqual({ ...look, sentence: 'the source said [redacted]' });
});
