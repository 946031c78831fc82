import type { Effect, EffectWork, OutcomeData } from '@slipway/core';
import { CheckFailed, type Clock, type Done, type EffectContext, type Handler, type Handlers } from '@slipway/engine';
import { OutcomeUnknownError, RetryableError, TerminalError, type Verification } from '@slipway/provider-kit';
import { SplitRefused } from '../world/environment.ts';
import type { World } from '../world/world.ts';
import { keyOf } from './effect-owner.ts';
import { everyKind } from './every-kind.ts';
import type { Mischief } from './injection.ts';
import type { Mailbox } from './mailbox.ts';
import { watch } from './watch.ts';

export interface HandlerParts {
  readonly world: World;
  readonly clock: Clock;
  readonly mailbox: Mailbox;
  readonly mischief: (context: EffectContext) => Mischief;
  /** Place of the trigger that is true; null: none is. */
  readonly trigger: number | null;
  /** Epoch ms at which a watch was first begun. */
  readonly watchedSince: (context: EffectContext) => number;
  /** The fault comes about. */
  readonly bites: () => void;
  /** It has reached the world. Rejects never, and never settles where the process dies of it. */
  readonly landed: (context: EffectContext) => Promise<void>;
}

/** Milliseconds that anything takes which has no length of its own. */
const TRAVEL = 1_000;

/** The engine's handlers over a simulated world in which all goes well but for the fault of the scenario. */
export function rehearsalHandlers(parts: HandlerParts): Handlers {
  return everyKind(() => handler(parts));
}

function handler<Work extends EffectWork>(parts: HandlerParts): Handler<Work> {
  return {
    run: (_work, context) => run(context, parts),
    verify: async (_work, context) => verification(context, parts),
    idempotent: (work) => isIdempotent(work),
  };
}

async function run(context: EffectContext, parts: HandlerParts): Promise<Done> {
  const { clock, world } = parts;
  const { effect, signal } = context;
  const mischief = parts.mischief(context);
  if (mischief !== null && mischief !== 'pulls') parts.bites();
  if (mischief === 'pulls') void pull(context, parts);
  if (effect.work.kind === 'observe') {
    const seen = await watch(effect.work, { clock, signal, mischief, since: parts.watchedSince(context) });
    await parts.landed(context);
    return seen;
  }
  await clock.sleep(TRAVEL, signal);
  if (signal.aborted) throw new Error('it was stopped');
  if (mischief === 'says-no') throw new CheckFailed({ summary: 'it says no (rehearsed)', items: [] });
  if (mischief === 'fails') throw new TerminalError('it fails (rehearsed)');
  if (mischief === 'muted') throw lost(context, parts);
  land(context, parts);
  await parts.landed(context);
  if (mischief === 'unknown') throw new OutcomeUnknownError('nobody can say whether it was done (rehearsed)');
  if (effect.work.kind === 'confirm-back' && !world.holds(effect.work, keyOf(effect)))
    throw new RetryableError('the version before does not serve alone');
  return { evidence: { summary: `${effect.work.kind} (rehearsed)`, items: [] }, data: dataOf(effect, parts) };
}

/** At the first look at which it has been true for long enough, as a real watch does. */
async function pull({ effect: { work }, signal, pull }: EffectContext, parts: HandlerParts): Promise<void> {
  if (work.kind !== 'observe' || parts.trigger === null || pull === undefined) return;
  const lasting = work.judging.triggers?.[parts.trigger]?.for ?? 0;
  await parts.clock.sleep(work.judging.every + lasting, signal);
  if (signal.aborted) return;
  parts.bites();
  await pull(parts.trigger, 'rehearsed');
}

function lost(context: EffectContext, { mailbox, clock }: HandlerParts): Error {
  mailbox.refuse(context, clock.now());
  return new RetryableError('the channel takes no message (rehearsed)');
}

function land(context: EffectContext, { world, mailbox, clock }: HandlerParts): void {
  const { effect } = context;
  if (effect.work.kind === 'send') mailbox.take(context, clock.now());
  try {
    world.apply(effect.work, keyOf(effect));
  } catch (error) {
    if (error instanceof SplitRefused) throw new TerminalError(error.message, { cause: error });
    throw error;
  }
}

function dataOf({ work }: Effect, { world }: HandlerParts): OutcomeData {
  if (work.kind === 'survey') return { kind: 'survey', current: world.environment(work.environment).serving() };
  if (work.kind === 'flag-survey') return { kind: 'survey', current: world.flag(work).served };
  return { kind: 'none' };
}

/** What a provider could tell: a command only where the plan says how to ask, a target by running it again. */
function verification(context: EffectContext, { world, mischief }: HandlerParts): Verification {
  const { effect } = context;
  const { work } = effect;
  const canTell = work.kind === 'send' || (work.kind === 'command' && work.verify !== null);
  if (!canTell || mischief(context) === 'unknown') return { done: 'unknown', reason: 'nobody can ask after it' };
  if (!world.holds(work, keyOf(effect))) return { done: 'no' };
  return { done: 'yes', evidence: { summary: 'it was done (rehearsed)', items: [] } };
}

function isIdempotent(work: EffectWork): boolean {
  if (work.kind === 'command') return work.idempotent;
  return work.kind !== 'send';
}
