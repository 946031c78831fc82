import type { LaunchView } from '@slipway/contract';
import {
  awaitsChoice,
  heldAtTheGate,
  type HoldCause,
  type Launch,
  livedPlan,
  onlyFlags,
  onlyTells,
  scenarioOf,
  staysDark,
  stepsInOrder,
  type TurnBackCause,
} from '@slipway/core';
import { gateText } from './window.ts';
import type { Words } from './words/words.ts';

export function stateOf(launch: Launch): LaunchView['state'] {
  switch (launch.mode.is) {
    case 'running':
    case 'held':
      return launch.mode.is;
    case 'stopping':
    case 'undoing':
      return 'turning-back';
    case 'incomplete':
      return 'rollback-incomplete';
    case 'ended':
      return launch.mode.as;
  }
}

/** One sentence: where are we. */
export function headlineOf(launch: Launch, words: Words): string {
  const { mode } = launch;
  const { headline } = words;
  switch (mode.is) {
    case 'running':
      return runningHeadline(launch, words);
    case 'held':
      return headline.held(causesOf(launch, words)[0] ?? headline.somebodyHolds);
    case 'stopping':
      return headline.stopping(turnBackText(mode.cause, words));
    case 'undoing':
      return headline.undoing(turnBackText(mode.cause, words));
    case 'incomplete':
      return headline.incomplete;
    case 'ended':
      return endedHeadline(launch, mode.as, words);
  }
}

function endedHeadline(launch: Launch, as: 'completed' | 'scrubbed' | 'rolled-back', { headline }: Words): string {
  const plan = livedPlan(launch);
  const chosen = scenarioOf(plan, launch.scenario?.choice?.scenario ?? '');
  const what = `${plan.artifact.name} ${plan.artifact.version}`;
  switch (as) {
    case 'completed':
      if (chosen !== null) return headline.completedAs(chosen.title, what);
      if (onlyTells(plan)) return headline.told(plan.title);
      if (onlyFlags(plan)) return headline.flags(what);
      return staysDark(plan) ? headline.dark(what) : headline.completed(what);
    case 'scrubbed':
      return headline.scrubbed(what);
    case 'rolled-back':
      return onlyFlags(plan) ? headline.flagsOff : headline.rolledBack;
  }
}

function runningHeadline(launch: Launch, words: Words): string {
  const { headline } = words;
  const active = stepsInOrder(launch.plan).filter((step) => launch.steps[step.id]?.is === 'active');
  const [first] = active;
  if (first === undefined) {
    if (awaitsChoice(launch)) return headline.awaitsChoice(launch.scenario?.proposal?.scenario ?? null);
    const blocked = stepsInOrder(launch.plan).find((step) => launch.steps[step.id]?.is === 'waiting');
    const gated = heldAtTheGate(launch)[0];
    if (gated !== undefined) return words.headline.waitsForWindow(gated.title, gateText(launch, gated.id, words) ?? '');
    if (blocked?.kind === 'announce' && blocked.about !== null)
      return headline.untilVerified(blocked.about, blocked.title);
    return headline.starting;
  }
  const more = active.length > 1 ? headline.more(active.length - 1) : '';
  return `${headline.active(capital(first.phase), first.title)}${more}`;
}

/** Why it does not go on, or goes back. */
export function causesOf(launch: Launch, words: Words): readonly string[] {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
      return [];
    case 'held':
      return mode.causes.map((cause) => holdText(cause, words));
    case 'stopping':
    case 'undoing':
    case 'incomplete':
      return [turnBackText(mode.cause, words)];
    case 'ended':
      return mode.cause === null ? [] : [turnBackText(mode.cause, words)];
  }
}

function holdText(cause: HoldCause, { causes, said, because }: Words): string {
  switch (cause.kind) {
    case 'person':
      return cause.reason;
    case 'step-failed':
      return causes.heldByStep(cause.step, because(cause));
    case 'verdict':
      return causes.verdict(cause.step, causes.decisions[cause.decision], said(cause));
    case 'unknown-outcome':
      return causes.unknownOutcome(cause.step, cause.reason);
    case 'freeze':
      return causes.heldByStep(cause.step, because(cause));
    case 'deadlock':
      return causes.deadlock(cause.step, cause.waits);
  }
}

function turnBackText(cause: TurnBackCause, { causes, said, because }: Words): string {
  switch (cause.kind) {
    case 'verdict':
      return said(cause.verdict);
    case 'step-failed':
      return causes.stepFailed(cause.step, because(cause));
    case 'no-go':
    case 'abort':
    case 'rollback':
      return because(cause);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
