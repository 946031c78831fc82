import type { PhaseView, StepView } from '@slipway/contract';
import { commandText } from './command-text.ts';
import {
  currentEffect,
  type Effect,
  type Launch,
  type Mirror,
  missingVotes,
  type ObserveWork,
  openConditions,
  rollProgress,
  type StepState,
  waitDue,
} from '@slipway/core';
import type { LiveLook } from '@slipway/engine';
import { gateText } from './window.ts';
import type { Words } from './words/words.ts';

/** `look`: what is seen at this moment of a version that is watched. */
export function phasesOf(launch: Launch, words: Words, look: LiveLook | null = null): readonly PhaseView[] {
  return launch.plan.phases.map((phase): PhaseView => {
    const steps = phase.steps.flatMap((id) => stepView(launch, id, { words, look }) ?? []);
    return { name: phase.name, state: phaseState(launch, steps), steps };
  });
}

function phaseState(launch: Launch, steps: readonly StepView[]): PhaseView['state'] {
  if (steps.some((step) => step.state === 'failed')) return 'failed';
  if (steps.every((step) => step.state === 'passed' || step.state === 'skipped')) return 'done';
  if (steps.every((step) => step.state === 'not-chosen')) return 'not-chosen';
  if (steps.every((step) => step.state === 'waiting')) return 'waiting';
  return goesOn(launch) ? 'active' : 'stopped';
}

/** Once a launch turns back no step of it goes on, nor begins. */
function goesOn({ mode }: Launch): boolean {
  switch (mode.is) {
    case 'running':
    case 'held':
      return true;
    case 'stopping':
    case 'undoing':
    case 'incomplete':
    case 'ended':
      return false;
  }
}

interface Telling {
  readonly words: Words;
  readonly look: LiveLook | null;
}

function stepView(launch: Launch, id: string, telling: Telling): StepView | null {
  const { words } = telling;
  const step = launch.plan.steps[id];
  const state = launch.steps[id];
  if (step === undefined || state === undefined) return null;
  const { kind, title } = step;
  if (!goesOn(launch)) {
    if (state.is === 'active') return { id, kind, title, state: 'stopped', since: null, detail: words.steps.stopped };
    if (state.is === 'waiting')
      return { id, kind, title, state: 'waiting', since: null, detail: words.steps.notReached };
  }
  return {
    id,
    kind,
    title,
    state: state.is,
    since: sinceOf(state),
    detail:
      gateText(launch, id, words) ??
      (state.is === 'active' ? activeDetail(launch, id, telling) : restingDetail(state, words)),
  };
}

function sinceOf(state: StepState): number | null {
  switch (state.is) {
    case 'waiting':
    case 'not-chosen':
      return null;
    case 'active':
    case 'failed':
      return state.since;
    case 'passed':
    case 'skipped':
      return state.at;
  }
}

function restingDetail(state: Exclude<StepState, { readonly is: 'active' }>, words: Words): string {
  switch (state.is) {
    case 'waiting':
      return '';
    case 'not-chosen':
      return words.steps.notChosen;
    case 'failed':
      return words.because(state);
    case 'passed':
      return state.summary;
    case 'skipped':
      return words.steps.skipped(state.reason);
  }
}

function activeDetail(launch: Launch, id: string, { words, look }: Telling): string {
  const { steps } = words;
  const due = waitDue(launch, id);
  if (due !== null) return steps.until(new Date(due).toISOString());
  const missing = Object.entries(missingVotes(launch, id));
  if (missing.length > 0)
    return steps.waitsForVotes(missing.map(([role, count]) => steps.votes(count, role)).join(', '));
  const conditions = openConditions(launch, id);
  if (conditions.length > 0) return steps.waitsForConditions(conditions.map(({ text }) => text).join('; '));
  const step = launch.plan.steps[id];
  if (step?.kind === 'announce') return steps.send(step.message.to.join(', '));
  const effect = currentEffect(launch, id);
  if (effect === null) return steps.waitsForPerson;
  const state = launch.effects[effect.id];
  if (state?.is === 'retrying') return steps.triesAgain(state.reason);
  if (effect.work.kind === 'observe' && effect.work.mirror !== undefined)
    return mirrorText(effect.work.mirror, { words, look: look?.step === id ? look : null });
  return workText(launch, effect, words);
}

function mirrorText({ share, version }: Mirror, { words, look }: Telling): string {
  const { mirror, mirrored } = words.steps;
  const mirrors = mirror(share, version);
  return look?.mirror === undefined ? mirrors : mirrored(mirrors, look.mirror.compared, look.mirror.different);
}

function workText(launch: Launch, { id, work }: Effect, { steps }: Words): string {
  switch (work.kind) {
    case 'lock':
      return work.flag === undefined ? steps.lock(work.environment) : steps.lockFlag(work.flag, work.environment);
    case 'survey':
      return steps.survey(work.environment);
    case 'flag-survey':
      return steps.flagSurvey(work.flag, work.environment);
    case 'ramp':
      return steps.ramp(work.flag, work.variant, work.audience);
    case 'check':
      return steps.check;
    case 'command':
      return steps.command(commandText(launch, work.command));
    case 'start':
      return steps.start(work.version);
    case 'shift':
      if (work.mirror !== undefined) return steps.mirror(work.mirror.share, work.mirror.version);
      return Object.entries(work.weights)
        .map(([version, weight]) => steps.share(weight, version))
        .join(', ');
    case 'stop':
      return steps.stop(work.version);
    case 'roll': {
      const progress = rollProgress(launch.effects[id]);
      if (progress === null) return steps.rollTo(work.newVersion, work.weight);
      return steps.roll(work.newVersion, progress.instances, progress.of);
    }
    case 'observe':
      return observeText(work, steps);
    // Moves of a way back, and messages: no step's effect.
    case 'restore':
    case 'confirm-back':
    case 'kill-flag':
    case 'send':
      return work.kind;
  }
}

/** Of a flag nobody else shows who has it meanwhile. */
function observeText({ mode, flag, audience, newVersion }: ObserveWork, steps: Words['steps']): string {
  if (flag === undefined || audience === undefined) return steps.observe[mode];
  return steps.ramped(steps.ramp(flag, newVersion, audience), steps.observe[mode]);
}
