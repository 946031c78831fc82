import type { LaunchView } from '@slipway/contract';
import { type HoldCause, type Launch, stepsInOrder, type TurnBackCause } from '@slipway/core';

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
export function headlineOf(launch: Launch): string {
  const { mode, plan } = launch;
  const what = `${plan.artifact.name} ${plan.artifact.version}`;
  switch (mode.is) {
    case 'running':
      return runningHeadline(launch);
    case 'held':
      return `Held: ${mode.causes.map(holdText)[0] ?? 'somebody holds it'}`;
    case 'stopping':
      return `Turning back: ${turnBackText(mode.cause)}. What is in flight is being stopped`;
    case 'undoing':
      return `Turning back: ${turnBackText(mode.cause)}`;
    case 'incomplete':
      return 'The way back is incomplete: a person is needed';
    case 'ended':
      return endedHeadline(mode.as, what);
  }
}

function endedHeadline(as: 'completed' | 'scrubbed' | 'rolled-back', what: string): string {
  switch (as) {
    case 'completed':
      return `Completed: ${what} is live`;
    case 'scrubbed':
      return `Scrubbed: called off before production; ${what} was not launched`;
    case 'rolled-back':
      return `Rolled back, verified: the previous version serves again`;
  }
}

function runningHeadline(launch: Launch): string {
  const active = stepsInOrder(launch.plan).filter((step) => launch.steps[step.id]?.is === 'active');
  const [first] = active;
  if (first === undefined) {
    const blocked = stepsInOrder(launch.plan).find((step) => launch.steps[step.id]?.is === 'waiting');
    if (blocked?.kind === 'announce' && blocked.about !== null)
      return `Waiting until ${blocked.about} is verified, for: ${blocked.title}`;
    return 'Starting';
  }
  const more = active.length > 1 ? ` (and ${active.length - 1} more)` : '';
  return `${capital(first.phase)}: ${first.title}${more}`;
}

/** Why it does not go on, or goes back. */
export function causesOf(launch: Launch): readonly string[] {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
      return [];
    case 'held':
      return mode.causes.map(holdText);
    case 'stopping':
    case 'undoing':
    case 'incomplete':
      return [turnBackText(mode.cause)];
    case 'ended':
      return mode.cause === null ? [] : [turnBackText(mode.cause)];
  }
}

function holdText(cause: HoldCause): string {
  switch (cause.kind) {
    case 'person':
      return cause.reason;
    case 'step-failed':
      return `${cause.step}: ${cause.reason}`;
    case 'verdict':
      return `${cause.step}: ${cause.decision}: ${cause.sentence}`;
    case 'unknown-outcome':
      return `${cause.step}: nobody knows whether it was done (${cause.reason})`;
  }
}

function turnBackText(cause: TurnBackCause): string {
  switch (cause.kind) {
    case 'verdict':
      return cause.verdict.sentence;
    case 'step-failed':
      return `${cause.step} failed: ${cause.reason}`;
    case 'no-go':
    case 'abort':
    case 'rollback':
      return cause.reason;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
