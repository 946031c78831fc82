import type { Trigger } from '@slipway/plan';
import type { Command } from '../model/command.ts';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { findEffect } from '../program/lookup.ts';
import { goesForward } from '../program/progress.ts';
import type { Context } from './decide.ts';
import { fail } from './fail.ts';
import { FAILURES } from './failure-words.ts';
import { accept, type Handled, refuse } from './handled.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** What whoever watches saw is acted on at once, once a watch. Fenced on the attempt, as outcomes are. */
export function pullTrigger(launch: Launch, command: CommandOf<'pull-trigger'>, context: Context): Handled {
  const { effect: id, attempt, trigger: index, found } = command;
  const state = launch.effects[id];
  if (state?.is !== 'started' || state.attempt !== attempt)
    return refuse('conflict', `attempt ${attempt} of effect ${id} is not the current one`);
  const effect = findEffect(launch, id);
  const step = own(launch.plan.steps, effect?.step ?? '');
  const trigger = effect?.work.kind === 'observe' ? effect.work.judging.triggers?.[index] : undefined;
  if (step === undefined || trigger === undefined) return refuse('not-found', `${id} has no trigger ${index}`);
  if (!goesForward(launch)) return refuse('not-now', 'the launch does not go forward any more');
  if (launch.fired.some((one) => one.effect === id && one.trigger === index && one.alert === undefined))
    return refuse('not-now', `trigger ${index} of ${id} has acted already`);
  const { cel } = trigger.when;
  const { deed } = trigger;
  const fired: LaunchEvent = {
    type: 'trigger-fired',
    step: step.id,
    effect: id,
    trigger: index,
    when: cel,
    deed,
    found,
  };
  const why = FAILURES.triggered(cel, found);
  if (deed.kind === 'rollback')
    return accept([fired, ...fail({ launch, now: context.now }, { ...step, onFail: 'rollback' }, why)]);
  return accept([fired, ...heldBy(launch, step.id, { deed, why })]);
}

interface Held {
  readonly deed: Trigger['deed'];
  readonly why: ReturnType<typeof FAILURES.triggered>;
}

/**
 * The watch goes on meanwhile: what has traffic is watched. Where something else holds the launch there is one more reason, which
 * whoever resumes reads; the next watch that sees the same adds none.
 */
function heldBy({ mode }: Launch, step: string, { deed, why }: Held): readonly LaunchEvent[] {
  if (deed.kind !== 'hold' && deed.kind !== 'page') return [];
  const causes = mode.is === 'held' ? mode.causes : [];
  const isSaid = causes.some(
    (cause) =>
      cause.kind === 'verdict' &&
      cause.step === step &&
      cause.decision === 'fail' &&
      (deed.kind === 'hold' || cause.page === true),
  );
  if (isSaid) return [];
  const said = { sentence: why.reason, ...(why.reasons === undefined ? {} : { sentences: why.reasons }) };
  const paged = deed.kind === 'page' ? ({ page: true } as const) : {};
  return [{ type: 'held', cause: { kind: 'verdict', step, decision: 'fail', ...said, ...paged } }];
}
