import { type Draft, findEffect, type Launch, SLIPWAY, type UndoItem } from '@slipway/core';
import { type Rules, RULES } from '../driver/rules.ts';
import { isDark } from '../invariants/in-the-dark.ts';
import { accepting, believing, deciding, mapEvents, type Mutant } from './mutant.ts';

function planning(change: (items: readonly UndoItem[]) => readonly UndoItem[]): Rules {
  return deciding((drafts) =>
    mapEvents(drafts, (event) =>
      event.type === 'way-back-planned' ? { ...event, items: change(event.items) } : event,
    ),
  );
}

const kindOf = (item: UndoItem) => (item.undo.kind === 'effect' ? item.undo.work.kind : 'none');

/** Within each step, items of this kind go first. */
const first =
  (kind: ReturnType<typeof kindOf>) =>
  (items: readonly UndoItem[]): readonly UndoItem[] => {
    const steps = [...new Set(items.map((item) => item.step))];
    return steps.flatMap((step) => {
      const own = items.filter((item) => item.step === step);
      return [...own.filter((item) => kindOf(item) === kind), ...own.filter((item) => kindOf(item) !== kind)];
    });
  };

const rolled = (launch: Launch, step: string): boolean => {
  const found = launch.plan.steps[step];
  return found?.kind === 'rollout' && found.strategy === 'rolling';
};

function restoredBlindly(item: UndoItem): UndoItem {
  if (item.undo.kind === 'none' || item.undo.work.kind !== 'restore') return item;
  const { rolled: _, ...work } = item.undo.work;
  return { ...item, undo: { ...item.undo, work } };
}

function rampedAgain(item: UndoItem): readonly UndoItem[] {
  if (item.undo.kind === 'none' || item.undo.work.kind !== 'kill-flag') return [];
  const { environment, flag } = item.undo.work;
  const work = { kind: 'ramp', environment, flag, variant: 'on', cohort: flag, audience: [] } as const;
  return [{ ...item, undo: { ...item.undo, work } }];
}

const undoes = (launch: Launch) => Object.entries(launch.effects).filter(([id]) => id.startsWith('~undo'));
const aFailure = (launch: Launch) =>
  undoes(launch).find(([, state]) => state.is === 'settled' && state.outcome.result !== 'done');

/** Nothing of the forward way is in flight, so nothing is waited for. */
function idle(launch: Launch): Launch {
  const effects = Object.entries(launch.effects).filter(([id, state]) => id.startsWith('~') || state.is !== 'started');
  return { ...launch, effects: Object.fromEntries(effects) };
}

/** Goes on with the next item although the one that it stands on failed. */
function blindly(launch: Launch, now: number): ReturnType<Rules['pending']> {
  const usual = RULES.pending(launch, now);
  if (launch.mode.is !== 'undoing' || launch.mode.round > 0) return usual;
  const forgiven = undoes(launch).map(([id, state]) => {
    if (state.is !== 'settled' || state.outcome.result === 'done') return [id, state] as const;
    const outcome = { result: 'done', evidence: { summary: '', items: [] }, data: { kind: 'none' } } as const;
    return [id, { ...state, outcome }] as const;
  });
  return RULES.pending({ ...launch, effects: { ...launch.effects, ...Object.fromEntries(forgiven) } }, now);
}

function beginAnything(launch: Launch, effect: string): readonly Draft[] {
  const attempt = (launch.effects[effect]?.attempt ?? 0) + 1;
  return [{ actor: SLIPWAY, event: { type: 'effect-started', effect, attempt, touches: null } }];
}

/** Bugs of the way back, of its end, and of what is said on it. */
export const MUTANTS_OF_THE_WAY_BACK: readonly Mutant[] = [
  {
    bug: 'the way back runs in the order of the way there',
    caughtBy: ['way-back-order'],
    rules: planning((items) => items.toReversed()),
  },
  {
    bug: 'the way back forgets the first step',
    caughtBy: ['way-back-order'],
    rules: planning((items) => items.filter((item) => item.step !== items.at(-1)?.step)),
  },
  {
    bug: 'the new version is stopped before the traffic is back',
    caughtBy: ['no-outage'],
    rules: planning(first('stop')),
  },
  {
    bug: 'traffic is back before what was rolled away of the old version',
    caughtBy: ['no-outage'],
    rules: deciding((drafts, state) =>
      mapEvents(drafts, (event) => {
        if (event.type !== 'way-back-planned' || state.is === 'absent') return event;
        const items = first('shift')(event.items);
        return { ...event, items: items.some(({ step }) => rolled(state, step)) ? items : event.items };
      }),
    ),
  },
  {
    bug: 'what was rolled away is restored before its rest gets any traffic',
    caughtBy: ['traffic-first'],
    rules: planning((items) => items.map(restoredBlindly)),
  },
  {
    bug: 'a version is stopped while requests are still copied to it',
    caughtBy: ['in-the-dark'],
    rules: deciding((drafts, state) =>
      mapEvents(drafts, (event) => {
        if (event.type !== 'way-back-planned' || state.is === 'absent') return event;
        const { steps } = state.plan;
        return {
          ...event,
          items: event.items.filter((item) => kindOf(item) !== 'shift' || !isDark(steps[item.step])),
        };
      }),
    ),
  },
  {
    bug: 'a flag is left on',
    caughtBy: ['cohorts', 'way-back-order'],
    rules: planning((items) =>
      items.map((item) =>
        kindOf(item) === 'kill-flag' ? { ...item, undo: { kind: 'none', because: 'it is only a flag' } } : item,
      ),
    ),
  },
  {
    bug: 'a flag is ramped again after it was switched off',
    caughtBy: ['cohorts'],
    rules: planning((items) => items.flatMap((item) => [item, ...rampedAgain(item)])),
  },
  {
    bug: 'the old version is not restored',
    caughtBy: ['no-outage'],
    rules: planning((items) => items.filter((item) => kindOf(item) !== 'restore')),
  },
  {
    bug: 'an item is run although the one it stands on failed',
    caughtBy: ['no-outage', 'way-back-ends'],
    rules: {
      ...RULES,
      pending: blindly,
      decide: accepting((state, command) => {
        if (command.type !== 'begin-effect' || state.is === 'absent' || state.effects[command.effect] !== undefined)
          return null;
        return command.effect.startsWith('~undo') ? beginAnything(state, command.effect) : null;
      }),
    },
  },
  {
    bug: 'a failing item stops the way back',
    caughtBy: ['way-back-ends'],
    rules: {
      ...RULES,
      pending: (launch, now) => {
        const stuck = launch.mode.is === 'undoing' && aFailure(launch) !== undefined;
        return stuck ? { effects: [], wakeAt: null } : RULES.pending(launch, now);
      },
    },
  },
  {
    bug: 'an incomplete way back is called rolled back',
    caughtBy: ['world-agrees'],
    rules: deciding((drafts) =>
      mapEvents(drafts, (event) =>
        event.type === 'launch-ended' && event.as === 'rollback-incomplete' ? { ...event, as: 'rolled-back' } : event,
      ),
    ),
  },
  {
    bug: 'work in flight is not waited for',
    caughtBy: ['way-back-ends'],
    rules: {
      ...RULES,
      decide: (state, command, context) => {
        const turns = command.type === 'abort' || command.type === 'rollback';
        return RULES.decide(turns && state.is === 'launch' ? idle(state) : state, command, context);
      },
    },
  },
  {
    bug: 'a held launch cannot be called off',
    caughtBy: ['way-back-ends'],
    rules: {
      ...RULES,
      decide: (state, command, context) => {
        const held = state.is === 'launch' && state.mode.is === 'held';
        if (!held || command.type !== 'abort') return RULES.decide(state, command, context);
        return { ok: false, rejection: { code: 'not-now', message: 'resume it first' } };
      },
    },
  },
  {
    bug: 'a failed step with a way back only holds',
    caughtBy: ['way-back-ends', 'honest-state'],
    rules: deciding((drafts) => {
      const turn = drafts.findIndex(({ event }) => event.type === 'turning-back' && event.cause.kind === 'step-failed');
      return turn < 0 ? drafts : drafts.slice(0, turn);
    }),
  },
  {
    bug: 'news of a step leaves on the way back',
    caughtBy: ['notices'],
    rules: {
      ...RULES,
      pending: (launch, now) => {
        const usual = RULES.pending(launch, now);
        const dropped = Object.values(launch.notices).filter((notice) => isOpen(launch, notice.id));
        if (launch.mode.is === 'running' || launch.mode.is === 'held') return usual;
        return { ...usual, effects: [...usual.effects, ...dropped.flatMap(({ id }) => findEffect(launch, id) ?? [])] };
      },
      decide: accepting((state, command) => {
        if (command.type !== 'begin-effect' || state.is === 'absent' || !isOpen(state, command.effect)) return null;
        return command.effect.startsWith('~notice') ? beginAnything(state, command.effect) : null;
      }),
    },
  },
  {
    bug: 'what it said on the way there is forgotten on the way back',
    caughtBy: ['notices'],
    rules: {
      ...RULES,
      pending: (launch, now) => {
        const usual = RULES.pending(launch, now);
        if (launch.mode.is === 'running' || launch.mode.is === 'held') return usual;
        return { ...usual, effects: usual.effects.filter((effect) => effect.class !== 'message') };
      },
    },
  },
  {
    bug: 'the state remembers what is not in the log',
    caughtBy: ['replay'],
    rules: {
      ...RULES,
      evolve: (state, recorded) => {
        const next = RULES.evolve(state, recorded);
        return next.is === 'launch' && recorded.event.type === 'held' ? { ...next, startedAt: remembered() } : next;
      },
    },
  },
  {
    bug: 'a rollback goes back to what a later look found',
    caughtBy: ['way-back-order', 'world-agrees'],
    rules: believing((launch) => ({
      ...launch,
      surveys: Object.fromEntries(Object.keys(launch.surveys).map((step) => [step, launch.plan.artifact.version])),
    })),
  },
];

function isOpen(launch: Launch, notice: string): boolean {
  const is = launch.effects[notice]?.is;
  return is !== 'settled' && typeof launch.notices[notice]?.step === 'string';
}

let memory = 0;

function remembered(): number {
  memory += 1;
  return memory;
}
