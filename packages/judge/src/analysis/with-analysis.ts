import type { JudgedCondition, Judgement, JudgeInput } from '../judge.ts';
import type { AnalysisLook } from './analysis.ts';
import type { Bilingual } from '../messages/language.ts';
import { sentencesOf, uncomparedSentences } from './sentence.ts';

/** A metric that should be compared, and is not. */
export interface Uncompared {
  readonly metric: string;
  /** `unread`: for too long no reading of both versions. `no-answers`: one of the versions has answered nothing yet. */
  readonly why: 'unread' | 'no-answers';
  /** Why it was not read, where somebody said. */
  readonly reasons?: Bilingual;
}

/** What is known of a comparison beside its evidence. */
export interface AnalysisInput extends JudgeInput {
  readonly uncompared: Uncompared | null;
}

/** How long suspicion may keep a share from ending, in times of its hold; then a person is asked. */
const LONGEST_SUSPICION = 3;

/** Milliseconds; at least a quarter of a share's hold, or so much, is watched: harm may need a moment under its load. */
const LATEST_PROMOTION = 300_000;

/**
 * What conditions and comparison say together. Either may fail a version; only both may pass it, and what was not compared passes
 * nobody. Traffic that is missing or far too much, and damage
 * that both versions share, end the watch at once: nobody can tell. Suspicion lets a share go on beyond its time, and at last asks a person.
 */
export function withAnalysis(plain: Judgement, look: AnalysisLook, input: AnalysisInput): Judgement {
  const sentences = sentencesOf(look, input);
  const opinion = { culprit: null, sentence: sentences.en, findings: plain.findings, sentences };
  if (plain.final === 'fail') return plain;
  if (look.decision === 'fail') return { ...opinion, standing: 'failing', final: 'fail', culprit: look.culprit };
  if (plain.standing === 'no-data') return plain;
  if (look.traffic !== 'as-planned') return { ...opinion, standing: 'no-data', final: 'telemetry-broken' };
  if (look.shared !== null)
    return { ...opinion, standing: 'no-data', final: 'insufficient-data', culprit: look.shared };
  if (look.few !== null)
    return { ...opinion, standing: 'no-data', final: 'insufficient-data', culprit: look.few.metric };
  if (plain.standing !== 'healthy') return plain;
  if (input.uncompared !== null) return { ...opinion, ...uncomparedAt(input.uncompared, input) };
  if (look.decision === 'suspect') {
    const isTooLong = input.elapsed >= LONGEST_SUSPICION * input.hold;
    return { ...opinion, standing: 'suspect', final: isTooLong ? 'insufficient-data' : null, culprit: look.culprit };
  }
  const isEarly = look.decision === 'promote' && input.elapsed >= Math.min(LATEST_PROMOTION, input.hold / 4);
  if (isEarly) return { ...opinion, standing: 'healthy', final: 'pass' };
  return { ...opinion, standing: 'healthy', final: plain.final };
}

function uncomparedAt(uncompared: Uncompared, input: AnalysisInput): Omit<Judgement, 'culprit' | 'findings'> {
  const sentences = uncomparedSentences(uncompared, input);
  const common = { sentence: sentences.en, sentences };
  if (uncompared.why === 'unread') return { ...common, standing: 'no-data', final: 'telemetry-broken' };
  return { ...common, standing: 'too-early', final: input.elapsed >= input.hold ? 'insufficient-data' : null };
}

/** A judged metric among the conditions: that it is read on the new version, on enough requests, is asked for there as of any other. */
export function judgedCondition(metric: string): JudgedCondition {
  return { text: metric, metrics: [metric], evaluate: () => ({ ok: true, value: true }) };
}
