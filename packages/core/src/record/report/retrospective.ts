import type { Judging, RolloutStep, SoakStep, TaskStep } from '@slipway/plan';
import type { Verdict } from '../../model/verdict.ts';
import { own } from '../../own.ts';
import { stepsInOrder } from '../../program/steps.ts';
import { gap, type RecordDocument, type Section, tableOr } from '../document/document.ts';
import { utcTime } from '../iso-time.ts';
import { RECORD_WORDS } from '../record-words.ts';
import { lengthText } from './length-text.ts';
import { pageAnswers } from './page-answers.ts';
import { releaseFacts } from './release-facts.ts';
import { missing, type ReportInput, type Say, sayIn } from './report-input.ts';
import { resultText } from './result-text.ts';
import { lengthOf, stepTimes } from './step-times.ts';

/** Met, not met, or not known: a target that nothing measured is not met and not missed. */
type Met = 'yes' | 'no' | 'unknown';

interface Target {
  readonly step: string;
  readonly target: string;
  readonly actual: string;
  readonly met: Met;
}

/** What the plan wanted beside what was measured. */
export function retrospective(input: ReportInput): RecordDocument {
  const { launch, language } = input;
  const say = sayIn(language);
  const known = releaseFacts(launch, input.events);
  const { artifact } = launch.plan;
  const targets = [...judged(input, say), ...due(input, say), ...answered(input, say)];
  const counted = (met: Met): number => targets.filter((target) => target.met === met).length;
  const fill = gap(say('to fill in together', 'à remplir ensemble'));
  return {
    kind: 'retrospective',
    language,
    level: 1,
    title: `${say('Retrospective:', 'Rétrospective :')} ${artifact.name} ${artifact.version} (${launch.id})`,
    result: resultText(known, say),
    figures: {
      result: known.result,
      targets: targets.length,
      met: counted('yes'),
      missed: counted('no'),
      unknown: counted('unknown'),
      t0: launch.t0,
      inProductionAt: known.inProductionAt,
    },
    sections: [
      targetsSection(targets, say),
      planSection(input, say),
      { heading: say('What went well', 'Ce qui a bien marché'), blocks: [fill] },
      { heading: say('What to do otherwise', 'Ce que nous ferions autrement'), blocks: [fill] },
      { heading: say('What to try next time', 'À essayer la prochaine fois'), blocks: [fill] },
    ],
  };
}

function targetsSection(targets: readonly Target[], say: Say): Section {
  const word: Readonly<Record<Met, string>> = {
    yes: say('met', 'atteint'),
    no: say('missed', 'manqué'),
    unknown: say('not known', 'inconnu'),
  };
  const rows = targets.map(({ step, target, actual, met }) => [step, target, actual, word[met]]);
  return tableOr(
    say('Targets against actual', 'Objectifs et résultats'),
    { head: say('Step|Target|Actual|Met', 'Étape|Objectif|Résultat|Atteint').split('|'), rows },
    say('The plan names no target.', 'Le plan ne nomme aucun objectif.'),
  );
}

function judged(input: ReportInput, say: Say): readonly Target[] {
  return stepsInOrder(input.launch.plan).flatMap((step) => {
    if (step.kind !== 'rollout' && step.kind !== 'soak') return [];
    const judging = lastJudging(step);
    const verdict = own(input.launch.verdicts, step.id) ?? null;
    return judging === null ? [] : targetsOf({ step: step.title, judging, verdict }, input, say);
  });
}

/** Of the last share: what the whole of it was held to. */
function lastJudging(step: RolloutStep | SoakStep): Judging | null {
  return step.kind === 'soak' ? step.judging : (step.stages.at(-1)?.judging ?? null);
}

interface Judged {
  readonly step: string;
  readonly judging: Judging;
  readonly verdict: Verdict | null;
}

function targetsOf({ step, judging, verdict }: Judged, { language }: ReportInput, say: Say): readonly Target[] {
  const words = RECORD_WORDS[language];
  const conditions = judging.conditions.map(({ cel }): Target => {
    const finding = verdict?.findings.find(({ condition }) => condition === cel);
    const actual = finding === undefined ? missing(say) : valuesText(finding.values, words.figure);
    return { step, target: cel, actual, met: finding?.holds ?? 'unknown' };
  });
  const limits = (judging.comparing?.metrics ?? []).flatMap((metric): readonly Target[] => {
    if (metric.limit === null) return [];
    const value = measured(verdict, metric.metric);
    const within = value !== null && (metric.better === 'lower' ? value <= metric.limit : value >= metric.limit);
    const target = `${metric.metric} ${metric.better === 'lower' ? '≤' : '≥'} ${words.figure(metric.limit)}`;
    return [
      {
        step,
        target,
        actual: valueOr(value, words.figure, say),
        met: value === null ? 'unknown' : within ? 'yes' : 'no',
      },
    ];
  });
  const samples = verdict?.samples ?? null;
  const enough: Target = {
    step,
    target: say(`at least ${judging.minSamples} requests judged on`, `au moins ${judging.minSamples} requêtes jugées`),
    actual: samples === null ? missing(say) : String(samples),
    met: samples === null ? 'unknown' : samples >= judging.minSamples ? 'yes' : 'no',
  };
  return [...conditions, ...limits, enough];
}

function measured(verdict: Verdict | null, metric: string): number | null {
  for (const { values } of verdict?.findings ?? []) {
    const value = own(values, metric)?.new ?? null;
    if (value !== null) return value;
  }
  return null;
}

function valueOr(value: number | null, figure: (value: number) => string, say: Say): string {
  return value === null ? missing(say) : figure(Number(value.toPrecision(4)));
}

function valuesText(values: Verdict['findings'][number]['values'], figure: (value: number) => string): string {
  const shown = (value: number | null): string => (value === null ? '–' : figure(Number(value.toPrecision(4))));
  return Object.entries(values)
    .map(([metric, arms]) => `${metric} ${shown(arms.new)} / ${shown(arms.old)}`)
    .join('; ');
}

/** Tasks that had to be done by some time. */
function due({ launch }: ReportInput, say: Say): readonly Target[] {
  const tasks = stepsInOrder(launch.plan).filter((step): step is TaskStep => step.kind === 'task');
  return tasks.flatMap(({ id, title, due: offset }): readonly Target[] => {
    if (offset === null) return [];
    const by = launch.t0 + offset;
    const done = own(launch.proofs, id) ?? null;
    return [
      {
        step: title,
        target: say(`done by ${utcTime(by)}`, `fait avant ${utcTime(by)}`),
        actual: done === null ? missing(say) : utcTime(done.at),
        met: done === null ? 'unknown' : done.at <= by ? 'yes' : 'no',
      },
    ];
  });
}

/** How soon people answered when they were called, against the plan's goals. */
function answered({ launch, language }: ReportInput, say: Say): readonly Target[] {
  return pageAnswers(launch).flatMap(({ step, level, took, goal }): readonly Target[] => {
    if (goal === null) return [];
    const within = lengthText(goal, language);
    return [
      {
        step: launch.plan.steps[step]?.title ?? step,
        target: say(
          `${level.toUpperCase()} answered within ${within}`,
          `${level.toUpperCase()} : réponse en ${within}`,
        ),
        actual: took === null ? missing(say) : lengthText(took, language),
        met: took === null ? 'unknown' : took <= goal ? 'yes' : 'no',
      },
    ];
  });
}

/** How long each step took; what the plan said of it, where it said anything. */
function planSection({ launch, events, language }: ReportInput, say: Say): Section {
  const times = stepTimes(events);
  const rows = stepsInOrder(launch.plan).map((step) => {
    const time = times.get(step.id);
    const took = time === undefined ? null : lengthOf(time);
    const holds =
      step.kind === 'rollout'
        ? step.stages.reduce((sum, { hold }) => sum + hold, 0)
        : step.kind === 'soak'
          ? step.hold
          : null;
    return [
      step.title,
      holds === null ? '–' : lengthText(holds, language),
      took === null ? missing(say) : lengthText(took, language),
    ];
  });
  return tableOr(
    say('Planned holds and what each step took', 'Paliers prévus et durée de chaque étape'),
    { head: say('Step|Planned|Took', 'Étape|Prévu|Durée').split('|'), rows },
    say('The plan has no step.', "Le plan n'a pas d'étape."),
  );
}
