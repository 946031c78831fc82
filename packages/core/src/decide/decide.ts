import type { Opening } from '@slipway/plan';
import type { Actor } from '../model/actor.ts';
import { SLIPWAY } from '../model/actor.ts';
import type { Command, Rejection } from '../model/command.ts';
import type { Draft, LaunchEvent, Recorded } from '../model/event.ts';
import type { State } from '../model/state.ts';
import { evolveBy } from '../evolve.ts';
import { onOwnCopies } from '../put.ts';
import { handle } from './handle.ts';
import { caughtAnew, keptQuiet, type Quiet } from './kept-quiet.ts';
import { noticesFor } from './notices.ts';
import { react } from './react.ts';

export interface Context {
  /** Epoch ms. */
  readonly now: number;
  readonly actor: Actor;
  /** What the plan's calendar says of `now`. Absent where the plan has none; where it has one, absent means that nothing is known: closed. */
  readonly opening?: Opening;
  /** Channels whose quiet hours `now` is in. Absent: there are none. */
  readonly quiet?: Quiet;
}

export type Decision =
  | { readonly ok: true; readonly drafts: readonly Draft[] }
  | { readonly ok: false; readonly rejection: Rejection };

/** More reactions than any plan can cause: a rule that feeds itself must not hang the server. */
const MOST_REACTIONS = 10_000;

/** What a command does to a launch: its own events, then all that follows from them, until nothing more does. */
export function decide(state: State, command: Command, context: Context): Decision {
  const handled = handle(state, command, context);
  if (!handled.ok) return handled;
  const log = new Draftings(state, context);
  for (const event of handled.events) log.add(event, context.actor);
  for (let round = 0; round < MOST_REACTIONS; round += 1) {
    if (log.state.is === 'absent') return { ok: true, drafts: log.drafts };
    const events = react(log.state, context);
    if (events.length === 0) return { ok: true, drafts: log.drafts };
    for (const event of events) log.add(event, SLIPWAY);
  }
  throw new Error(`The reactions to ${command.type} do not come to an end.`);
}

/** Events of one decision with the state they lead to. */
class Draftings {
  readonly drafts: Draft[] = [];
  readonly #now: number;
  readonly #quiet: Quiet;
  readonly #records = onOwnCopies();
  /** The newest only: those before may have become like it. */
  state: State;

  constructor(state: State, context: Context) {
    this.state = state;
    this.#now = context.now;
    this.#quiet = context.quiet ?? {};
  }

  add(event: LaunchEvent, actor: Actor): void {
    const seq = this.#append(event, actor);
    if (this.state.is === 'absent') return;
    const notices = noticesFor(this.state, event, seq);
    for (const notice of notices) this.#append(notice, SLIPWAY);
    if (event.type !== 'resumed') return;
    const at = { quiet: this.#quiet, now: this.#now };
    for (const notice of caughtAnew(this.state, at, { seq, index: notices.length })) this.#append(notice, SLIPWAY);
  }

  #append(written: LaunchEvent, actor: Actor): number {
    const { state } = this;
    const event =
      written.type === 'notice-queued' && state.is === 'launch' ? keptQuiet(state, written, this.#quiet) : written;
    const seq = this.state.is === 'absent' ? 1 : this.state.head.seq + 1;
    const recorded: Recorded = { seq, at: this.#now, actor, event, hash: '' };
    this.drafts.push({ actor, event });
    this.state = evolveBy(this.#records, this.state, recorded);
    return seq;
  }
}
