import { findEffect, type Recorded } from '@slipway/core';
import type { Change } from '../driver/driver.ts';
import { Broken, type Invariant } from './invariant.ts';

interface Account {
  attempt: number;
  open: boolean;
  /** Retries after a failure that said "try again". */
  retries: number;
  /** Epoch ms between which it must not be begun again, by a clock that may be set: a retry a little early is harmless. null: never again. */
  rests: { readonly from: number; readonly until: number } | null;
}

/** Each attempt is begun once and settled at most once, in order; retries are counted and wait their turn. */
export function attempts(): Invariant {
  const accounts = new Map<string, Account>();

  const begun = (change: Change, event: Extract<Recorded['event'], { type: 'effect-started' }>): void => {
    const account = accounts.get(event.effect) ?? { attempt: 0, open: false, retries: 0, rests: { from: 0, until: 0 } };
    const { rests } = account;
    if (event.attempt !== account.attempt + 1)
      throw new Broken('attempts', `attempt ${event.attempt} of ${event.effect} follows attempt ${account.attempt}`);
    if (rests === null) throw new Broken('attempts', `${event.effect} was settled for good and begun again`);
    const { at } = change.recorded;
    if (at >= rests.from && at < rests.until) throw new Broken('attempts', `${event.effect} was tried again too early`);
    if (!account.open && account.attempt > 0) account.retries += 1;
    const effect = change.before.is === 'launch' ? findEffect(change.before, event.effect) : null;
    if (effect !== null && account.retries >= effect.attempts)
      throw new Broken('attempts', `${event.effect} was tried more often than ${effect.attempts} times`);
    accounts.set(event.effect, { ...account, attempt: event.attempt, open: true });
  };

  const settled = (at: number, event: Extract<Recorded['event'], { type: 'effect-settled' }>): void => {
    const account = accounts.get(event.effect);
    if (account === undefined || !account.open || account.attempt !== event.attempt)
      throw new Broken('attempts', `attempt ${event.attempt} of ${event.effect} was settled and is not in flight`);
    const { outcome } = event;
    const retryable = outcome.result === 'failed' && outcome.retryable;
    accounts.set(event.effect, { ...account, open: false, rests: retryable ? { from: at, until: at + 500 } : null });
  };

  return {
    event: (change) => {
      const { event, at } = change.recorded;
      if (event.type === 'effect-started') begun(change, event);
      if (event.type === 'effect-settled') settled(at, event);
    },
  };
}
