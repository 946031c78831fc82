import type { EffectWork } from '@slipway/core';
import type { Clock, Done, EffectContext, Handler, Handlers, Leases } from '@slipway/engine';
import { OutcomeUnknownError, RetryableError, TerminalError, type Verification } from '@slipway/provider-kit';
import { drawFate, type Fate, outcomeOf } from '../host/fate.ts';
import { isIdempotent, verify } from '../host/recovery.ts';
import type { Weather } from '../host/weather.ts';
import type { Random } from '../random/random.ts';
import { everyKind, type Life, SplitRefused, type World } from '@slipway/rehearsal';

export interface HandlerParts {
  readonly world: World;
  readonly random: Random;
  readonly weather: Weather;
  readonly clock: Clock;
  readonly leases: Leases;
  readonly life: Life;
  readonly landed: () => void;
}

/** The engine's handlers over the simulated world: as unreliable as its host, in the way of providers. */
export function worldHandlers(parts: HandlerParts): Handlers {
  return everyKind(() => handler(parts));
}

function handler<Work extends EffectWork>(parts: HandlerParts): Handler<Work> {
  return {
    run: (work, context) => run(work, context, parts),
    verify: async (_work, { effect }) => verification(parts, effect),
    idempotent: (work) => isIdempotent({ work }),
  };
}

async function run(work: EffectWork, context: EffectContext, parts: HandlerParts): Promise<Done> {
  const { random, weather, clock, leases } = parts;
  const { effect, signal, launch } = context;
  const fate = drawFate(random, effect, weather);
  const land = landing(parts, context, fate);
  // The process dies: a request that is under way may still arrive, at once or never.
  parts.life.atEnd(() => random.chance(0.3) && !signal.aborted && landUnseen(land));
  await clock.sleep(fate.travel, signal);
  if (signal.aborted && !random.chance(0.3)) throw new Error('it was stopped');
  land();
  await clock.sleep(fate.result === 'hangs' ? Infinity : fate.answer, signal);
  if (fate.result === 'hangs') throw new Error('it was stopped while it hung');
  if (work.kind === 'lock') await leases.acquire(work.environment, launch.id, { now: clock.now(), ttl: 60_000 });
  return ended(parts, context, fate);
}

/** Reaches the world once, and not after it was settled. */
function landing({ world, landed }: HandlerParts, { effect }: EffectContext, fate: Fate): () => void {
  let done = false;
  return () => {
    if (done || !fate.lands) return;
    done = true;
    try {
      if (fate.result === 'done') world.apply(effect.work, effect.id);
      else world.applyInPart(effect.work, effect.id);
    } catch (error) {
      if (error instanceof SplitRefused) throw new TerminalError(error.message, { cause: error });
      throw error;
    }
    landed();
  };
}

/** Nobody is left to hear of a refusal. */
function landUnseen(land: () => void): void {
  try {
    land();
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
  }
}

function ended(parts: HandlerParts, { effect }: EffectContext, fate: Fate): Done {
  const outcome = outcomeOf(fate, effect, parts);
  switch (outcome.result) {
    case 'done':
      return { evidence: outcome.evidence, data: outcome.data };
    case 'failed':
      if (!outcome.retryable) throw new TerminalError(outcome.reason);
      throw new RetryableError(outcome.reason, outcome.retryAfter === null ? {} : { retryAfterMs: outcome.retryAfter });
    case 'unknown':
      throw new OutcomeUnknownError(outcome.reason);
    case 'deadlock':
    case 'cancelled':
      throw new Error('an attempt does not cancel itself');
  }
}

function verification({ world, random }: HandlerParts, effect: EffectContext['effect']): Verification {
  if (effect.class === 'read-only') return { done: 'unknown', reason: 'it is run again instead' };
  switch (verify(effect, world, random)) {
    case 'done':
      return { done: 'yes', evidence: { summary: 'it was done', items: [] } };
    case 'not-done':
      return { done: 'no' };
    case 'unknown':
      return { done: 'unknown', reason: 'nobody can tell' };
  }
}
