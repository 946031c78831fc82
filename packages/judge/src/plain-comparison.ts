import { figuresOf } from './figures.ts';
import type { Final, Judge, Judgement, JudgeInput, Standing } from './judge.ts';
import type { Catalogue } from './messages/catalogue.ts';
import type { LabelledFigures } from './messages/figures.ts';
import { inBoth } from './messages/messages.ts';
import { type Doubt, type Doubted, weighCondition, type Weighed } from './weigh-condition.ts';

/**
 * Holds the figures of the window against the conditions as they stand, with no allowance for chance.
 * A condition broken on enough requests fails at once, even when telemetry went silent afterwards; silence over its limit ends the
 * watch at once; only when the hold is over may it pass, and then only where every condition is known to hold on enough requests.
 * Gauges count no requests: on them alone it passes only where another metric counts enough, or the plan asks for none.
 * The new version must be measured on every metric; the old one only where the condition cannot be decided without it.
 */
export const plainComparison: Judge = (input) => {
  const weighed = input.conditions.map((condition) => weighCondition(condition, input));
  const findings = weighed.map(({ finding }) => finding);
  const broken = weighed.find((one) => one.is === 'broken');
  if (broken !== undefined) return { ...failing(broken, input), findings };
  if (isSilent(input)) return { ...silent(weighed, input), findings };
  const final = input.elapsed >= input.hold;
  const doubt = worstDoubt(weighed);
  if (doubt !== undefined) return { ...doubtful(doubt, final), findings };
  const few = isOnGauges(input) ? fewAnswered(input) : null;
  if (few !== null) return { ...doubtful(few, final), findings };
  const said = spoken((words) => healthySentence(input, words));
  return { standing: 'healthy', final: final ? 'pass' : null, culprit: null, ...said, findings };
};

type Opinion = Omit<Judgement, 'findings'>;

/** Without conditions nothing is read, and nothing can fall silent. A silence that is not a number is one. */
function isSilent(input: JudgeInput): boolean {
  return input.conditions.length > 0 && !(input.silentFor < input.silence);
}

function spoken(write: (words: Catalogue) => string): Pick<Judgement, 'sentence' | 'sentences'> {
  const sentences = inBoth(write);
  return { sentence: sentences.en, sentences };
}

function failing({ condition }: Weighed, input: JudgeInput): Opinion {
  const asked = input.versions.old === null ? condition.text : null;
  return {
    standing: 'failing',
    final: 'fail',
    culprit: condition.metrics[0] ?? null,
    ...spoken((words) => words.conditions.broken(allFigures(condition.metrics, input, words), asked)),
  };
}

function silent(weighed: readonly Weighed[], input: JudgeInput): Opinion {
  const doubt = worstDoubt(weighed);
  const said = spoken(({ conditions }) => {
    const why = doubt?.is === 'missing' ? doubt.why(conditions) : null;
    return conditions.silent(conditions.duration(input.silentFor), conditions.duration(input.silence), why);
  });
  return { standing: 'no-data', final: 'telemetry-broken', culprit: null, ...said };
}

/** What was not read weighs more than what is thin: time alone may mend the second. */
function worstDoubt(weighed: readonly Weighed[]): Doubted | undefined {
  const doubts = weighed.filter((one): one is Doubted => one.is === 'missing' || one.is === 'too-few');
  return doubts.find(({ is }) => is === 'missing') ?? doubts[0];
}

const DOUBTS: Readonly<Record<Doubt['is'], { standing: Standing; final: Final }>> = {
  missing: { standing: 'no-data', final: 'telemetry-broken' },
  'too-few': { standing: 'too-early', final: 'insufficient-data' },
};

function doubtful({ is, why }: Doubt, isFinal: boolean): Opinion {
  const { standing, final } = DOUBTS[is];
  const said = spoken(({ conditions }) => conditions.openings[is](why(conditions)));
  return { standing, final: isFinal ? final : null, culprit: null, ...said };
}

/** Gauges look the same whether a million met the new version, or nobody did. */
function isOnGauges({ conditions, window }: JudgeInput): boolean {
  const metrics = conditions.flatMap((condition) => condition.metrics);
  return metrics.length > 0 && metrics.every((metric) => window[metric]?.new.kind === 'gauge');
}

/** What is wanting where only another metric, or nothing, counts requests; null where they are enough. */
function fewAnswered({ versions, minSamples, samples }: JudgeInput): Doubt | null {
  if (minSamples <= 0 || (samples !== null && samples >= minSamples)) return null;
  const version = versions.new;
  if (samples === null) return { is: 'too-few', why: (words) => words.unknownCount(version, minSamples) };
  return { is: 'too-few', why: (words) => words.few({ version, seen: samples, needed: minSamples, metric: null }) };
}

function healthySentence(input: JudgeInput, words: Catalogue): string {
  const version = input.versions.new;
  if (input.conditions.length === 0) return words.conditions.none(version);
  const metrics = [...new Set(input.conditions.flatMap((condition) => condition.metrics))];
  const holds = words.conditions.hold(allFigures(metrics, input, words));
  const isUncounted = isOnGauges(input) && input.samples === null;
  return isUncounted ? words.conditions.uncounted(holds, version) : holds;
}

function allFigures(metrics: readonly string[], input: JudgeInput, words: Catalogue): readonly LabelledFigures[] {
  return metrics.flatMap((metric) => figuresOf(metric, input, words) ?? []);
}
