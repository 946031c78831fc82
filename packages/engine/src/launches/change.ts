import {
  type Actor,
  type Command,
  decide,
  type Decision,
  type Draft,
  type Launch,
  SLIPWAY,
  type State,
} from '@slipway/core';
import type { StoredEvent } from '../ports/launch-store.ts';
import type { Work } from '../ports/work-queue.ts';
import { sealEvents } from '../store/chain.ts';
import { fold } from './fold.ts';
import { nextEffect } from './next-effect.ts';
import { openingAt } from './opening-at.ts';

export interface Order {
  readonly launch: string;
  readonly command: Command;
  readonly actor: Actor;
  /** Work that this command settles. */
  readonly complete?: readonly string[];
  /** Work that this command settles, too, and whose delivery may go on with an effect that the launch wants because of it. */
  readonly goOn?: Work;
}

/** What an order does to a launch. */
export interface Change {
  readonly before: State;
  readonly events: readonly StoredEvent[];
  readonly after: Launch;
  /** The effect that the delivery goes on with, begun among these events; null: none. */
  readonly next: string | null;
}

export interface Decided {
  readonly before: State;
  readonly drafts: readonly Draft[];
}

export type Made = { readonly ok: true; readonly change: Change } | Extract<Decision, { readonly ok: false }>;

/** What an order makes of a state at `now` (epoch ms). Pure: the same order makes the same of the same state. */
export type Making = (before: State, order: Order, now: number) => Made;

/** Decides, and seals what was decided. */
export const makeChange: Making = (before, order, now) => {
  const { command, actor } = order;
  const decision = decide(before, command, { now, actor, ...openingAt(before, command, now) });
  return decision.ok ? { ok: true, change: changeBy(order, { before, drafts: decision.drafts }, now) } : decision;
};

/** What was decided and, where the order may go on and there is something to go on with, the beginning of that. `now`: epoch ms. */
export function changeBy(order: Order, { before, drafts }: Decided, now: number): Change {
  const settled = applied(order, { before, drafts }, now);
  const from = order.goOn?.effect ?? null;
  const next = from === null ? null : nextEffect(before, settled.after, from, now);
  if (next === null) return { before, ...settled, next };
  const begin = { type: 'begin-effect', effect: next, again: false } as const;
  const decision = decide(settled.after, begin, { now, actor: SLIPWAY, ...openingAt(settled.after, begin, now) });
  if (!decision.ok) return { before, ...settled, next: null };
  const begun = applied(order, { before: settled.after, drafts: decision.drafts }, now);
  return { before, events: [...settled.events, ...begun.events], after: begun.after, next };
}

function applied({ launch, command }: Order, { before, drafts }: Decided, now: number) {
  const head = before.is === 'launch' ? before.head : { seq: 0, hash: '' };
  const events = sealEvents(launch, head, drafts, now);
  const after = fold(events, before);
  if (after.is === 'absent') throw new Error(`command ${command.type} led to no launch`);
  return { events, after };
}
