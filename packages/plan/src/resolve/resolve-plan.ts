import type { Environment } from '../model/environment.ts';
import type { Artifact, Metric, Plan } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import { isWatch, stepsOf } from '../parse/draft.ts';
import type { Draft } from '../parse/draft.ts';
import { renderText } from '../template/render-text.ts';
import type { ConfigVariables } from '../template/variables.ts';
import { parseDuration } from '../text/duration.ts';
import { parseFrequency } from '../text/frequency.ts';
import { instantOf } from '../time/local-time.ts';
import { type CalendarGiven, resolveCalendar } from './calendar.ts';
import { resolveIdentity } from './identity.ts';
import { type JudgingContext, share } from './judging.ts';
import { channelsOf } from './channels-of.ts';
import { messageSpec } from './message-spec.ts';
import { needsOf } from './needs.ts';
import { resolvePage } from './page.ts';
import { segmentRule } from './segment-rules.ts';
import { quietHours } from './quiet-hours.ts';
import { resolveStep } from './resolve-step.ts';
import { resolveScenarios } from './scenarios.ts';
import { resolveTracks } from './tracks.ts';
import { commonTriggers } from './triggers.ts';
import { unitOf } from './unit-of.ts';

/** A draft without flaws as a plan. Null where a part is missing: its flaw was reported, so the plan must not be used. */
export function resolvePlan(draft: Draft, artifact: Artifact, given: CalendarGiven = { freezes: [] }): Plan | null {
  const { launch, zone, people, announcements } = draft;
  if (launch === null || zone === null || people === null || announcements === null) return null;
  const steps = resolveSteps(draft, artifact);
  const environments = resolveEnvironments(draft);
  if (steps === null || environments === null) return null;
  return {
    launch,
    title: draft.title ?? launch,
    artifact,
    zone,
    t0: resolveT0(draft.t0 ?? null, zone),
    people,
    ...delegatesOf(draft),
    ...reachOf(draft),
    environments,
    metrics: resolveMetrics(draft),
    channels: Object.fromEntries([...draft.channels].flatMap(([key, use]) => (use === null ? [] : [[key, use]]))),
    phases: draft.phases.map(({ name, steps: listed, isReadOnly }) => ({
      name,
      steps: listed.map((step) => step.id ?? ''),
      ...(isReadOnly ? { effect: 'read-only' as const } : {}),
    })),
    steps,
    announcements: announcements.map(({ on, again, ...message }) => {
      const spec = { on, message: messageSpec(message, draft) };
      return again === undefined ? spec : { ...spec, again: parseDuration(again) ?? Number.NaN };
    }),
    ...messagesOf(draft, zone),
    ...tracksOf(draft),
    ...calendarOf(draft, zone, given),
    ...pageOf(draft),
    ...resolveScenarios(draft),
  };
}

const delegatesOf = ({ delegates }: Draft): Pick<Plan, 'delegates'> =>
  delegates === null || delegates === undefined ? {} : { delegates };

/** Audiences are taken apart into their channels. */
function reachOf(draft: Draft): Pick<Plan, 'reach'> {
  const { reach } = draft;
  if (reach === null || reach === undefined) return {};
  return { reach: Object.fromEntries(Object.entries(reach).map(([role, to]) => [role, channelsOf(to, draft)])) };
}

function tracksOf({ tracks }: Draft): Pick<Plan, 'tracks'> {
  return tracks === null || Object.keys(tracks).length === 0 ? {} : { tracks: resolveTracks(tracks) };
}

function calendarOf({ calendar }: Draft, zone: string, given: CalendarGiven): Pick<Plan, 'calendar'> {
  return calendar === null || calendar === undefined ? {} : { calendar: resolveCalendar(calendar, zone, given) };
}

function messagesOf(draft: Draft, zone: string): Pick<Plan, 'messages'> {
  const { messages } = draft;
  if (messages === null || messages === undefined) return {};
  const { language, links, words, dedup } = messages;
  const quiet = quietHours(draft, zone);
  const told = { language, links, words, ...(quiet.length === 0 ? {} : { quiet }) };
  return { messages: dedup === undefined ? told : { ...told, dedup: parseDuration(dedup) ?? Number.NaN } };
}

/** Its form is checked before. */
function pageOf(draft: Draft): Pick<Plan, 'page'> {
  const { page } = draft;
  if (page === null || page === undefined) return {};
  return { page: resolvePage(page, draft) };
}

/** T-0 is checked before. */
function resolveT0(t0: string | null, zone: string): number | null {
  if (t0 === null) return null;
  const instant = instantOf(t0, zone);
  return instant.ok ? instant.at : null;
}

function resolveSteps(draft: Draft, artifact: Artifact): Readonly<Record<string, Step>> | null {
  const needs = needsOf(draft);
  const showTitle = titleRenderer(draft, artifact);
  const judge = judgeOf(draft);
  const segments = Object.fromEntries(
    Object.entries(draft.segments ?? {}).map(([name, attributes]) => [name, segmentRule(attributes)]),
  );
  const steps: [string, Step][] = [];
  for (const { id, phase, authored } of stepsOf(draft)) {
    if (id === null || authored === null) return null;
    const where = { id, phase: draft.phases[phase]?.name ?? '', needs: needs.get(id) ?? [], segments };
    const context = { ...where, told: draft, showTitle, ...judge };
    steps.push([id, resolveStep(authored, context)]);
  }
  return Object.fromEntries(steps);
}

/** Every step that compares has an equal part of the launch's false alarms: together they are no more than that. */
function judgeOf(draft: Draft): JudgingContext {
  const metrics = new Map(
    [...draft.metrics].map(([name, source]) => [name, source === null ? 'ratio' : unitOf(source)]),
  );
  const comparing = stepsOf(draft).filter(({ authored }) => {
    return isWatch(authored) && authored.step.judge !== undefined;
  });
  const { 'false-alarms': all, 'wrong-promotions': wrong } = draft.judge ?? {
    'false-alarms': '1%',
    'wrong-promotions': '5%',
  };
  const triggersIn = (environment: string) => commonTriggers(draft, environment);
  return {
    triggersIn,
    metrics,
    falseAlarms: share(all) / Math.max(1, comparing.length),
    wrongPromotions: share(wrong),
  };
}

/** Renders titles; one that speaks of what is only known later is shown as it is written. */
function titleRenderer(draft: Draft, artifact: Artifact): (title: string) => string {
  const title = draft.title ?? draft.launch ?? '';
  const variables: ConfigVariables = { launch: { name: draft.launch ?? '', title, id: '' }, artifact };
  return (written) => {
    const rendered = written.includes('launch.id') ? null : renderText(written, variables);
    return rendered?.ok === true ? rendered.text : written;
  };
}

function resolveEnvironments(draft: Draft): Readonly<Record<string, Environment>> | null {
  const environments: Record<string, Environment> = {};
  for (const [name, { tier, traffic, identity, target, router }] of draft.environments) {
    if (tier === null || target === null || router === null) return null;
    const usual = traffic === undefined ? {} : { traffic: parseFrequency(traffic) };
    const asked = identity === undefined ? undefined : resolveIdentity(identity);
    if (asked === null) return null;
    const told = asked === undefined ? {} : { identity: asked };
    environments[name] = { name, tier, target: target ?? null, router: router ?? null, ...usual, ...told };
  }
  return environments;
}

function resolveMetrics(draft: Draft): Readonly<Record<string, Metric>> {
  const metrics: Record<string, Metric> = {};
  for (const [name, source] of draft.metrics) {
    if (source !== null) metrics[name] = { name, source, unit: unitOf(source) };
  }
  return metrics;
}
