import { figuresOf } from './figures.ts';
import type { Final, Judge, Judgement, JudgeInput, Standing } from './judge.ts';
import { type Doubted, weighCondition, type Weighed } from './weigh-condition.ts';
import { counted, duration } from './words.ts';

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
  const sentence = healthySentence(input);
  return { standing: 'healthy', final: final ? 'pass' : null, culprit: null, sentence, findings };
};

type Opinion = Omit<Judgement, 'findings'>;

/** Without conditions nothing is read, and nothing can fall silent. A silence that is not a number is one. */
function isSilent(input: JudgeInput): boolean {
  return input.conditions.length > 0 && !(input.silentFor < input.silence);
}

function failing({ condition }: Weighed, input: JudgeInput): Opinion {
  const figures = condition.metrics.flatMap((metric) => figuresOf(metric, input) ?? []);
  const sentence = figures.map(({ label, text }) => `${label}: ${text}`).join('; ');
  const asked = input.versions.old === null ? ` (asked: ${condition.text})` : '';
  return {
    standing: 'failing',
    final: 'fail',
    culprit: condition.metrics[0] ?? null,
    sentence: `${sentence}${asked}`,
  };
}

function silent(weighed: readonly Weighed[], input: JudgeInput): Opinion {
  const doubt = worstDoubt(weighed);
  const why = doubt?.is === 'missing' ? ` (${doubt.why})` : '';
  const sentence = `no usable reading for ${duration(input.silentFor)}; the limit is ${duration(input.silence)}${why}`;
  return { standing: 'no-data', final: 'telemetry-broken', culprit: null, sentence };
}

/** What was not read weighs more than what is thin: time alone may mend the second. */
function worstDoubt(weighed: readonly Weighed[]): Doubted | undefined {
  const doubts = weighed.filter((one): one is Doubted => one.is === 'missing' || one.is === 'too-few');
  return doubts.find(({ is }) => is === 'missing') ?? doubts[0];
}

const DOUBTS: Readonly<Record<Doubted['is'], { standing: Standing; final: Final; opening: string }>> = {
  missing: { standing: 'no-data', final: 'telemetry-broken', opening: 'no reading' },
  'too-few': { standing: 'too-early', final: 'insufficient-data', opening: 'not enough to judge on' },
};

function doubtful(doubt: Pick<Doubted, 'is' | 'why'>, isFinal: boolean): Opinion {
  const { standing, final, opening } = DOUBTS[doubt.is];
  return { standing, final: isFinal ? final : null, culprit: null, sentence: `${opening}: ${doubt.why}` };
}

/** Gauges look the same whether a million met the new version, or nobody did. */
function isOnGauges({ conditions, window }: JudgeInput): boolean {
  const metrics = conditions.flatMap((condition) => condition.metrics);
  return metrics.length > 0 && metrics.every((metric) => window[metric]?.new.kind === 'gauge');
}

/** What is wanting where only another metric, or nothing, counts requests; null where they are enough. */
function fewAnswered({ versions, minSamples, samples }: JudgeInput): Pick<Doubted, 'is' | 'why'> | null {
  if (minSamples <= 0 || (samples !== null && samples >= minSamples)) return null;
  const needed = counted(minSamples);
  if (samples !== null)
    return { is: 'too-few', why: `${versions.new} answered ${counted(samples)} of the ${needed} needed` };
  const why = `nobody knows whether ${versions.new} answered the ${needed} requests needed: gauges count none`;
  return { is: 'too-few', why };
}

function healthySentence(input: JudgeInput): string {
  if (input.conditions.length === 0) return `nothing is judged: the plan sets no condition for ${input.versions.new}`;
  const metrics = [...new Set(input.conditions.flatMap((condition) => condition.metrics))];
  const figures = metrics.flatMap((metric) => figuresOf(metric, input) ?? []);
  const holds = `every condition holds: ${figures.map(({ label, text }) => `${label} ${text}`).join(', ')}`;
  const isUncounted = isOnGauges(input) && input.samples === null;
  return isUncounted ? `${holds}; nobody knows how many requests ${input.versions.new} answered` : holds;
}
