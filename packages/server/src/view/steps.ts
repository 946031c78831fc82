import type { PhaseView, StepView } from '@slipway/contract';
import { commandText } from './command-text.ts';
import { currentEffect, type Launch, missingVotes, type ObserveMode, type StepState, waitDue } from '@slipway/core';

export function phasesOf(launch: Launch): readonly PhaseView[] {
  return launch.plan.phases.map((phase): PhaseView => {
    const steps = phase.steps.flatMap((id) => stepView(launch, id) ?? []);
    return { name: phase.name, state: phaseState(steps), steps };
  });
}

function phaseState(steps: readonly StepView[]): PhaseView['state'] {
  if (steps.some((step) => step.state === 'failed')) return 'failed';
  if (steps.every((step) => step.state === 'passed' || step.state === 'skipped')) return 'done';
  return steps.every((step) => step.state === 'waiting') ? 'waiting' : 'active';
}

function stepView(launch: Launch, id: string): StepView | null {
  const step = launch.plan.steps[id];
  const state = launch.steps[id];
  if (step === undefined || state === undefined) return null;
  return {
    id,
    kind: step.kind,
    title: step.title,
    state: state.is,
    since: sinceOf(state),
    detail: detailOf(launch, id, state),
  };
}

function sinceOf(state: StepState): number | null {
  switch (state.is) {
    case 'waiting':
      return null;
    case 'active':
    case 'failed':
      return state.since;
    case 'passed':
    case 'skipped':
      return state.at;
  }
}

function detailOf(launch: Launch, id: string, state: StepState): string {
  switch (state.is) {
    case 'waiting':
      return '';
    case 'active':
      return activeDetail(launch, id);
    case 'failed':
      return state.reason;
    case 'passed':
      return state.summary;
    case 'skipped':
      return `skipped: ${state.reason}`;
  }
}

function activeDetail(launch: Launch, id: string): string {
  const due = waitDue(launch, id);
  if (due !== null) return `until ${new Date(due).toISOString()}`;
  const missing = Object.entries(missingVotes(launch, id));
  if (missing.length > 0) return `waits for ${missing.map(([role, count]) => `${count} GO from ${role}`).join(', ')}`;
  const effect = currentEffect(launch, id);
  if (effect === null) return 'waits for a person';
  const state = launch.effects[effect.id];
  if (state?.is === 'retrying') return `tries again after: ${state.reason}`;
  return effectText(launch, effect.work);
}

function effectText(launch: Launch, work: NonNullable<ReturnType<typeof currentEffect>>['work']): string {
  switch (work.kind) {
    case 'lock':
      return `takes ${work.environment}`;
    case 'survey':
      return `looks what runs in ${work.environment}`;
    case 'check':
      return 'checks';
    case 'command':
      return `runs ${commandText(launch, work.command)}`;
    case 'start':
      return `starts ${work.version}`;
    case 'restore':
      return `brings ${work.version} back`;
    case 'shift':
      return Object.entries(work.weights)
        .map(([version, weight]) => `${weight} % to ${version}`)
        .join(', ');
    case 'stop':
      return `drains and stops ${work.version}`;
    case 'observe':
      return observing(work.mode);
    case 'confirm-back':
      return 'verifies the way back';
    case 'send':
      return `tells ${work.channel}`;
  }
}

function observing(mode: ObserveMode): string {
  switch (mode) {
    case 'decide':
      return 'watches';
    case 'watch':
      return 'goes on watching until it can tell';
    case 'guard':
      return 'passed; watched for as long as the launch is held';
  }
}
