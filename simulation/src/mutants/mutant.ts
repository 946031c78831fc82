import type { Command, Decision, Draft, Launch, State } from '@slipway/core';
import { type Rules, RULES } from '../driver/rules.ts';

/** The rules with one known bug: the invariants have to notice. */
export interface Mutant {
  readonly bug: string;
  /** The invariants of which one has to break first. */
  readonly caughtBy: readonly string[];
  readonly rules: Rules;
}

/** Changes the events of every decision that is accepted. */
export function deciding(
  change: (drafts: readonly Draft[], state: State, command: Command) => readonly Draft[],
): Rules {
  return {
    ...RULES,
    decide: (state, command, context) => {
      const decision = RULES.decide(state, command, context);
      return decision.ok ? { ok: true, drafts: change(decision.drafts, state, command) } : decision;
    },
  };
}

/** Decides, and looks for what is wanted, as if the launch were another one. */
export function believing(other: (launch: Launch) => Launch): Rules {
  const seen = (state: State): State => (state.is === 'launch' ? other(state) : state);
  return {
    ...RULES,
    decide: (state, command, context) => RULES.decide(seen(state), command, context),
    pending: (launch, now) => RULES.pending(other(launch), now),
  };
}

/** Accepts what the rules refuse, where `instead` knows what to do. */
export function accepting(instead: (state: State, command: Command) => readonly Draft[] | null): Rules['decide'] {
  return (state, command, context): Decision => {
    const decision = RULES.decide(state, command, context);
    const drafts = decision.ok ? null : instead(state, command);
    return drafts === null ? decision : { ok: true, drafts };
  };
}

export function mapEvents(
  drafts: readonly Draft[],
  change: (event: Draft['event']) => Draft['event'],
): readonly Draft[] {
  return drafts.map((draft) => ({ ...draft, event: change(draft.event) }));
}
