import type { LaunchEvent, Recorded } from '@slipway/core';
import type { Step } from '@slipway/plan';
import type { Flown } from './simulate.ts';

/** A simulated launch for people: the world it found, its plan, what happened, and what broke. */
export function describeLaunch({ seed, scenario, log, broken }: Flown): string {
  const { plan, before } = scenario;
  const started = log[0]?.at ?? 0;
  return [
    `Launch of seed ${seed}`,
    '',
    'Environments',
    ...Object.values(plan.environments).map(
      ({ name, tier, router }) =>
        `  ${name} (${tier}, ${router === null ? 'no router' : 'routed'}): ${before[name] ?? 'nothing'} serves`,
    ),
    '',
    'Plan',
    ...Object.values(plan.steps).map((step) => `  ${describeStep(step)}`),
    '',
    'Log',
    ...log.map((recorded) => `  ${describeRecorded(recorded, started)}`),
    '',
    broken === null ? 'Every invariant held.' : `BROKEN ${broken.message}`,
  ].join('\n');
}

function describeStep(step: Step): string {
  const needs = step.needs.length === 0 ? '' : ` after ${step.needs.join(', ')}`;
  const { id, title: _title, phase: _phase, kind: _kind, needs: _needs, ...rest } = step;
  return `${id}${needs} ${short(rest)}`;
}

function describeRecorded({ seq, at, actor, event }: Recorded, started: number): string {
  const time = `+${((at - started) / 1000).toFixed(3)}s`.padStart(11);
  const who = actor.kind === 'person' ? ` by ${actor.id}` : '';
  return `${String(seq).padStart(4)} ${time} ${describeEvent(event)}${who}`;
}

function describeEvent(event: LaunchEvent): string {
  const { type, ...rest } = event;
  return type === 'launch-started' ? type : `${type} ${short(rest)}`;
}

/** JSON without the noise. */
function short(value: object): string {
  return JSON.stringify(value).replaceAll('"', '').slice(0, 400);
}
