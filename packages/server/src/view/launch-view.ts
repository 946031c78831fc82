import type { Language, LaunchSummary, LaunchView, Look } from '@slipway/contract';
import {
  type ComparedEvidence,
  currentEffect,
  facts,
  isFlagRollout,
  type Launch,
  shareOfAll,
  splitOf,
  stepsInOrder,
} from '@slipway/core';
import type { LiveLook, LiveState } from '@slipway/engine';
import { environmentView } from './environment-view.ts';
import { causesOf, headlineOf, stateOf } from './headline.ts';
import { signoffsOf, votesOf } from './signoffs.ts';
import { pagingOf } from './paging.ts';
import { scenarioViewOf } from './scenario.ts';
import { phasesOf } from './steps.ts';
import { waitingForOf } from './waiting-for.ts';
import { waitingMessagesOf } from './waiting-messages.ts';
import { wayBackOf } from './way-back.ts';
import { windowOf } from './window.ts';
import { wordsFor } from './words/words-for.ts';
import type { Words } from './words/words.ts';

/**
 * A launch as the wire shows it, in the reader's language: everything that a stressed person wants to know at a glance.
 * What the plan, people, programs and the judge said stays in the words in which it is recorded.
 */
export function launchView(launch: Launch, live: LiveState, language: Language): LaunchView {
  const words = wordsFor(language);
  const { plan } = launch;
  const known = facts(launch);
  return {
    id: launch.id,
    name: plan.launch,
    title: plan.title,
    artifact: { name: plan.artifact.name, version: plan.artifact.version },
    previousVersion: known.previousVersion,
    seq: launch.head.seq,
    digest: launch.head.hash,
    planDigest: launch.planDigest,
    zone: plan.zone,
    t0: launch.t0,
    startedAt: launch.startedAt,
    startedBy: launch.startedBy.kind === 'person' ? launch.startedBy.id : 'Slipway',
    endedAt: launch.mode.is === 'ended' || launch.mode.is === 'incomplete' ? launch.mode.at : null,
    state: stateOf(launch),
    headline: headlineOf(launch, words),
    causes: [...causesOf(launch, words)],
    ...windowOf(launch, words),
    ...scenarioViewOf(launch),
    waitingFor: [...waitingForOf(launch, words)],
    ...pagingOf(launch),
    ...waitingMessagesOf(launch),
    next: [...nextOf(launch)],
    phases: [...phasesOf(launch, words, live.look)],
    environments: environmentsInOrder(launch).map((name) => environmentView(launch, live, name)),
    votes: [...votesOf(launch)],
    signoffs: [...signoffsOf(launch)],
    wayBack: [...wayBackOf(launch, words)],
    look: lookOf(launch, live, words),
    activity: Object.values(live.activity).map(({ step, text }) => ({ step, text })),
    exposure: live.look?.exposure ?? known.exposure,
    firstBadAt: live.look?.firstBadAt ?? known.firstBadAt,
    backAt: known.backAt,
  };
}

export function launchSummary(launch: Launch, language: Language): LaunchSummary {
  const view = launchView(launch, { look: null, activity: {} }, language);
  const { id, title, artifact, state, headline, startedAt, endedAt } = view;
  return { id, title, artifact, state, headline, startedAt, endedAt };
}

/** As the launch comes to them; a plan that was read back from its log has them in the order of the alphabet. */
function environmentsInOrder({ plan }: Launch): readonly string[] {
  const used = stepsInOrder(plan).flatMap((step) => ('environment' in step ? (step.environment ?? []) : []));
  return [...new Set([...used, ...Object.keys(plan.environments).toSorted()])];
}

function nextOf(launch: Launch): readonly string[] {
  if (launch.mode.is !== 'running' && launch.mode.is !== 'held') return [];
  const waiting = stepsInOrder(launch.plan).filter((step) => launch.steps[step.id]?.is === 'waiting');
  return waiting.slice(0, 3).map((step) => step.title);
}

/** E-values instead of their logarithms: people compare them with what an alarm takes. */
function comparedView({ harm, threshold, metrics }: ComparedEvidence): NonNullable<Look['compared']> {
  return {
    evidence: eValue(harm),
    alarm: eValue(threshold),
    metrics: metrics.map((each) => ({
      name: each.metric,
      evidence: eValue(each.harm),
      new: each.new === null ? null : { ...each.new },
      old: each.old === null ? null : { ...each.old },
      times: each.times === undefined || each.times === null ? null : { ...each.times },
    })),
  };
}

/** Far beyond what any budget asks for, and written by JSON as a number. */
const MOST = 1e12;

const eValue = (log: number): number => Math.min(MOST, Math.exp(log));

/** Per cent that the new version, or the variant of a flag, has; null: that is not known, as of a segment. */
function weightOf(launch: Launch, { step, environment }: Pick<LiveLook, 'step' | 'environment'>): number | null {
  if (!isFlagRollout(launch.plan.steps[step]))
    return splitOf(launch, environment)?.[launch.plan.artifact.version] ?? null;
  const work = currentEffect(launch, step)?.work;
  return work?.kind === 'observe' ? shareOfAll(work.audience ?? []) : null;
}

function lookOf(launch: Launch, live: LiveState, words: Words): Look | null {
  if (live.look === null) return null;
  const { firstBadAt: _firstBadAt, mirror: _mirror, sentences: _sentences, metrics, compared, ...look } = live.look;
  const weight = weightOf(launch, look);
  return {
    ...look,
    sentence: words.said(live.look),
    weight,
    metrics: metrics.map((metric) => ({ ...metric })),
    compared: compared === undefined ? null : comparedView(compared),
  };
}
