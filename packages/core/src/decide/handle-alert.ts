import type { Command } from '../model/command.ts';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { currentEffect } from '../program/lookup.ts';
import { type WaitingHook, hooksFor } from '../program/hooks.ts';
import { goesForward } from '../program/progress.ts';
import type { Context } from './decide.ts';
import { fail, paging } from './fail.ts';
import { FAILURES } from './failure-words.ts';
import { accept, type Handled, refuse } from './handled.ts';

type Alert = Extract<Command, { type: 'alert' }>;

/** Of one launch. A sender that goes mad must not fill its log; a way back is never counted. */
const MOST_FIRED = 100;

/** Pulls every trigger that waits for such an alert, each once an incident. */
export function hearAlert(launch: Launch, alert: Alert, context: Context): Handled {
  if (!goesForward(launch)) return refuse('not-now', 'the launch does not go forward any more');
  const waiting = hooksFor(launch, alert);
  if (waiting.length === 0) return refuse('not-found', `no trigger of ${launch.id} waits for this alert`);
  const fresh = waiting.filter((hook) => !hasFired(launch, alert, hook));
  if (fresh.length === 0) return refuse('not-now', `incident ${alert.incident} has pulled its triggers already`);
  const back = fresh.find(({ trigger }) => trigger.deed.kind === 'rollback');
  if (back !== undefined) return accept(turnedBack(launch, alert, { ...back, now: context.now }));
  if (launch.fired.filter((one) => one.alert !== undefined).length >= MOST_FIRED)
    return refuse(
      'not-now',
      `alerts have pulled triggers of ${launch.id} ${MOST_FIRED} times: look at what sends them`,
    );
  const fired = fresh.map((hook) => firedBy(launch, alert, hook));
  return accept([...fired, ...heldBy(alert, fresh)]);
}

function hasFired({ fired }: Launch, { from, incident }: Alert, { step, index }: WaitingHook): boolean {
  return fired.some(
    (one) =>
      one.step === step.id && one.trigger === index && one.alert?.from === from && one.alert.incident === incident,
  );
}

function firedBy(launch: Launch, { from, incident, title }: Alert, { step, index, trigger }: WaitingHook): LaunchEvent {
  const labels = Object.entries(trigger.match).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return {
    type: 'trigger-fired',
    step: step.id,
    effect: currentEffect(launch, step.id)?.id ?? step.id,
    trigger: index,
    when: `${from} {${labels.join(', ')}}`,
    deed: trigger.deed,
    found: title,
    alert: { from, incident },
  };
}

function turnedBack(
  launch: Launch,
  alert: Alert,
  { now, ...hook }: WaitingHook & { readonly now: number },
): readonly LaunchEvent[] {
  const why = FAILURES.alerted(alert.from, alert.title);
  return [firedBy(launch, alert, hook), ...fail({ launch, now }, { ...hook.step, onFail: 'rollback' }, why)];
}

/** At most one hold, that pages where one of them does. Where it is held already there is one more reason: whoever resumes reads it. */
function heldBy(alert: Alert, hooks: readonly WaitingHook[]): readonly LaunchEvent[] {
  const pages = hooks.find(({ trigger }) => trigger.deed.kind === 'page');
  const holds = pages ?? hooks.find(({ trigger }) => trigger.deed.kind === 'hold');
  if (holds === undefined) return [];
  const why = FAILURES.alerted(alert.from, alert.title);
  const said = { sentence: why.reason, ...(why.reasons === undefined ? {} : { sentences: why.reasons }) };
  const cause = { kind: 'verdict', step: holds.step.id, decision: 'fail', ...said } as const;
  return [{ type: 'held', cause: { ...cause, ...paging(pages !== undefined) } }];
}
