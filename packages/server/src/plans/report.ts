import type { PlanReport, Problem as WireProblem, TimelineEntry as WireEntry } from '@slipway/contract';
import { audiencesOf, audienceWords } from '@slipway/core';
import {
  type Comparison,
  type DarkLaunch,
  type EffectClass,
  type FlagRollout,
  formatAmount,
  formatDuration,
  parsePlan,
  type Plan,
  type PlanLanguage,
  type Problem,
  type RollingBounds,
  type RolloutStep,
  summarizeTimeline,
  timeline,
  type TimelineEntry,
} from '@slipway/plan';
import { gateTexts, placeOf } from './calendar-texts.ts';
import { digestOf, givenOf, type PlanRequest } from './read-plan.ts';
import { waitTexts } from './quiet-texts.ts';
import { previewMessages } from './preview-messages.ts';
import { redFlagsOf } from './red-flags.ts';
import { powersOf, unknownTraffic } from './rollout-power.ts';
import { scenariosOf } from './scenario-texts.ts';
import { watchedTexts } from './watched-texts.ts';

/** Stands for a version that is only given at start, so that the rest of the plan can be looked at before. */
const ANY_VERSION = '0.0.0';

/** What is wrong with a plan, and, where nothing is, what will happen. `now` in epoch ms. */
export function reportPlan(language: PlanLanguage, request: PlanRequest, now: number): PlanReport {
  const { text, file, artifactVersion } = request;
  const version = artifactVersion === undefined ? { standInVersion: ANY_VERSION } : { artifactVersion };
  const parsed = parsePlan(text, { file, language, now, ...givenOf(request), ...version });
  if (!parsed.ok) {
    const problems = parsed.problems.map(wireProblem);
    return {
      ok: false,
      problems,
      launch: null,
      title: null,
      artifact: null,
      digest: null,
      timeline: [],
      trafficUnknown: [],
      messages: [],
      redFlags: [],
      shortestMs: null,
    };
  }
  const { plan, warnings } = parsed;
  const entries = timeline(plan, now);
  const powers = powersOf(plan);
  return {
    ok: true,
    problems: warnings.map(wireProblem),
    launch: plan.launch,
    title: plan.title,
    artifact: { name: plan.artifact.name, version: plan.artifact.version },
    digest: digestOf(plan),
    timeline: entries.map((entry) => ({ ...wireEntry(plan, entry, now), power: powers.get(entry.id) ?? null })),
    trafficUnknown: [...unknownTraffic(plan)],
    messages: previewMessages(plan, now),
    redFlags: [...redFlagsOf(parsed, powers, { now, reader: request.reader ?? 'en' })],
    ...scenariosOf(plan),
    ...tracksOf(plan),
    shortestMs: summarizeTimeline(entries).shortestMs,
  };
}

function tracksOf({ tracks }: Plan): Pick<PlanReport, 'tracks'> {
  if (tracks === undefined) return {};
  const all = Object.entries(tracks).map(([name, { owner, accountable, consulted, informed }]) => {
    return { name, owner, accountable, consulted: [...consulted], informed: [...informed] };
  });
  return { tracks: all };
}

function wireProblem(problem: Problem): WireProblem {
  const { file, line, column, path, message, expected = null, severity, code } = problem;
  return { file, line, column, path, message, expected, severity, ...(code === undefined ? {} : { code }) };
}

function wireEntry(plan: Plan, entry: TimelineEntry, now: number): Omit<WireEntry, 'power'> {
  const { phase, id, kind, title, environment, wayBack, pointOfNoReturn, onFail } = entry;
  return {
    phase,
    id,
    kind,
    title,
    ...placeOf(plan, entry),
    ...(entry.scenario === undefined ? {} : { scenario: entry.scenario }),
    ...(entry.track === undefined ? {} : { track: entry.track }),
    earliest: entry.earliestStart - now,
    duration: entry.known ? entry.leastMs : null,
    effect: EFFECT_WORDS[entry.effect],
    environment,
    who: [...entry.who],
    what: [...gateTexts(plan, entry), ...whatHappens(plan, entry)],
    wayBack,
    pointOfNoReturn,
    onFail,
  };
}

const EFFECT_WORDS: Readonly<Record<EffectClass, WireEntry['effect']>> = {
  'read-only': 'read-only',
  executive: 'executive',
  person: 'person',
  message: 'message',
  wait: 'clock',
};

function whatHappens(plan: Plan, entry: TimelineEntry): readonly string[] {
  const step = plan.steps[entry.id];
  switch (step?.kind) {
    case 'run':
      return [`runs ${step.command.argv.join(' ')}`];
    case 'rollout':
      return [...stagesOf(plan, step), ...watchedTexts(step.stages.map(({ judging }) => judging))];
    case 'soak':
      return [`watches for ${formatDuration(step.hold)}`, ...watchedTexts([step.judging])];
    case 'deploy':
      return [`puts ${plan.artifact.version} in place of what runs in ${step.environment}`];
    case 'announce':
      return [
        `tells ${step.message.to.join(', ')}${step.about === null ? '' : ` once ${step.about} is verified`}`,
        ...(step.message.urgent === true ? [] : waitTexts(plan, step.message.to, entry.earliestStart)),
      ];
    case 'check':
      return [`checks with ${step.check.provider}`];
    case 'signoff':
    case 'task':
    case 'wait':
    case undefined:
      return [];
  }
}

function stagesOf(plan: Plan, step: RolloutStep): readonly string[] {
  const { version } = plan.artifact;
  if (step.strategy === 'flag') return flagStagesOf(plan, step);
  if (step.strategy === 'dark-launch') return darkStagesOf(step, version);
  const share = step.strategy === 'rolling' ? 'instances' : 'traffic';
  const within = step.strategy === 'rolling' ? `; ${boundsText(step.bounds)}` : '';
  return step.stages.map(
    ({ weight, hold }) => `${weight} % of ${share} on ${version} for ${formatDuration(hold)}${within}`,
  );
}

function flagStagesOf(plan: Plan, step: FlagRollout): readonly string[] {
  const audiences = audiencesOf(plan, step);
  return step.stages.map(
    ({ hold }, index) =>
      `${step.flag}: ${step.variant} for ${audienceWords(audiences[index] ?? [])}, for ${formatDuration(hold)}`,
  );
}

function darkStagesOf({ stages, mirroring }: DarkLaunch, version: string): readonly string[] {
  const { methods, compare } = mirroring;
  const copied = stages.map(
    ({ weight, hold }) =>
      `${weight} % of ${methods.join(', ')} requests copied to ${version} for ${formatDuration(hold)}; nobody sees its answers`,
  );
  return [...copied, `compares ${comparisonText(compare)}`];
}

function comparisonText({ body }: Comparison): string {
  if (body === null) return 'the status of both answers, not their bodies';
  const what = body.only.length === 0 ? 'body' : `of the body ${body.only.join(', ')}`;
  const but = body.ignore.length === 0 ? '' : ` but ${body.ignore.join(', ')}`;
  return `status and ${what}${but}`;
}

function boundsText({ maxSurge, maxUnavailable }: RollingBounds): string {
  return `on the way at most ${formatAmount(maxSurge)} more and ${formatAmount(maxUnavailable)} fewer than usual`;
}
