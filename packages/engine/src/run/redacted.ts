import type { Evidence, MirrorReport, Outcome, OutcomeData, Verdict } from '@slipway/core';
import { boundedEvidence, type Json, type Redactor } from '@slipway/provider-kit';
import type { LiveLook } from '../live/live-look.ts';

/**
 * The same without any secret that was read so far, and with bounded evidence. Only free texts are looked at: a secret that happens to be `done` or `42` must
 * not change what an outcome means.
 */
export function redactedOutcome(redactor: Redactor, outcome: Outcome): Outcome {
  switch (outcome.result) {
    case 'done':
      return {
        ...outcome,
        evidence: redactedEvidence(redactor, outcome.evidence),
        data: redactedData(redactor, outcome.data),
      };
    case 'failed': {
      const evidence = outcome.evidence === null ? null : redactedEvidence(redactor, outcome.evidence);
      const { reasons } = outcome;
      const said = reasons === undefined ? {} : { reasons: redactedSentences(redactor, reasons) };
      return { ...outcome, reason: redactor.redact(outcome.reason), evidence, ...said };
    }
    case 'unknown':
      return { ...outcome, reason: redactor.redact(outcome.reason) };
    case 'deadlock':
    case 'cancelled':
      return outcome;
  }
}

function redactedEvidence(redactor: Redactor, { summary, items }: Evidence): Evidence {
  const clean = items.map(({ asked, found, expected, verdict }) => ({
    asked: redactor.redact(asked),
    found: redactor.redact(found),
    expected: redactor.redact(expected),
    verdict,
  }));
  // In this order: a cut could leave half of a secret that nobody would know again.
  return boundedEvidence(redactor.redact(summary), clean);
}

function redactedData(redactor: Redactor, data: OutcomeData): OutcomeData {
  if (data.kind !== 'verdict') return data;
  const verdict = redactedVerdict(redactor, data.verdict);
  const { mirror: report } = data;
  const mirror = report === undefined || report === null ? report : redactedReport(redactor, report);
  // What an analysis keeps is figures under names of the plan.
  const analysis = {
    ...(data.analysis === undefined ? {} : { analysis: data.analysis }),
    ...(data.record === undefined ? {} : { record: data.record }),
  };
  const stepBack = data.stepBack === undefined ? {} : { stepBack: data.stepBack };
  return { kind: 'verdict', verdict, ...(mirror === undefined ? {} : { mirror }), ...analysis, ...stepBack };
}

function redactedReport(redactor: Redactor, report: MirrorReport): MirrorReport {
  const samples = report.samples.map((sample) => ({
    ...sample,
    path: redactor.redact(sample.path),
    detail: redactedNote(redactor, sample.detail),
  }));
  return { ...report, samples };
}

function redactedVerdict(redactor: Redactor, verdict: Verdict): Verdict {
  const findings = verdict.findings.map((finding) => ({ ...finding, condition: redactor.redact(finding.condition) }));
  const clean = { ...verdict, sentence: redactor.redact(verdict.sentence), findings };
  if (verdict.sentences === undefined) return clean;
  return { ...clean, sentences: redactedSentences(redactor, verdict.sentences) };
}

function redactedSentences(redactor: Redactor, { en, fr }: NonNullable<Verdict['sentences']>) {
  return { en: redactor.redact(en), fr: redactor.redact(fr) };
}

export function redactedLook(redactor: Redactor, look: LiveLook): LiveLook {
  const clean = { ...look, sentence: redactor.redact(look.sentence) };
  return look.sentences === undefined ? clean : { ...clean, sentences: redactedSentences(redactor, look.sentences) };
}

/** A note is its handler's own: the texts in it are redacted, its keys, figures and the tags under `kind` are not. */
export function redactedNote(redactor: Redactor, note: Json): Json {
  if (typeof note === 'string') return redactor.redact(note);
  if (note === null || typeof note !== 'object') return note;
  if (isList(note)) return note.map((item) => redactedNote(redactor, item));
  const pairs = Object.entries(note).map(([key, value]): [string, Json] => [
    key,
    key === 'kind' ? value : redactedNote(redactor, value),
  ]);
  return Object.fromEntries(pairs);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
