import { type Command, type Launch, type Lived, openWaits, type State } from '@slipway/core';
import { type Rules, RULES } from '../driver/rules.ts';
import type { Mutant } from './mutant.ts';

/** Who ticks believes something else to have passed. */
function living(other: (lived: Lived, launch: Launch, now: number) => Lived | undefined): Rules {
  const told = (command: Command, state: State, now: number): Command => {
    if (command.type !== 'tick' || command.lived === undefined || state.is === 'absent') return command;
    const lived = other(command.lived, state, now);
    return lived === undefined ? { type: 'tick' } : { type: 'tick', lived };
  };
  return {
    ...RULES,
    decide: (state, command, context) => RULES.decide(state, told(command, state, context.now), context),
  };
}

/** Bugs of what has a length, where the clock is set. */
export const MUTANTS_OF_THE_CLOCK: readonly Mutant[] = [
  {
    bug: 'a wait for a length goes by the wall clock',
    caughtBy: ['lengths'],
    rules: living((lived, launch, now) => {
      const waits = openWaits(launch).map(({ step, since }) => [step, Math.max(0, now - since)]);
      return { ...lived, waits: Object.fromEntries(waits) };
    }),
  },
  {
    bug: 'a process that comes to life believes that it was there all along',
    caughtBy: ['lengths'],
    rules: living((lived, launch, now) => {
      const waits = openWaits(launch).map(({ step, since }) => {
        const known = lived.waits[step] ?? 0;
        return [step, known === 0 ? Math.max(0, now - since) : known];
      });
      return { ...lived, waits: Object.fromEntries(waits) };
    }),
  },
  {
    bug: 'nobody counts: a wait never ends',
    caughtBy: ['lengths'],
    rules: living(() => undefined),
  },
  {
    bug: 'a wait is put off by as much as the clock is set back',
    // Put off again and again it is, before anything else, a launch that does not end.
    caughtBy: ['lengths', 'after 30000 steps the launch has not come to an end'],
    rules: {
      ...RULES,
      decide: (state, command, context) => {
        const decision = RULES.decide(state, command, context);
        const waits = state.is === 'launch' ? openWaits(state) : [];
        if (!decision.ok || command.type !== 'tick' || waits.every(({ since }) => since <= context.now))
          return decision;
        return { ok: true, drafts: [] };
      },
    },
  },
  {
    bug: 'a way back goes by the wall clock while work is in flight',
    caughtBy: ['way-back-ends', 'way-back-order', 'world-agrees'],
    rules: living((lived) => ({ ...lived, stopping: null })),
  },
];
