import { type Draft, type Launch, SLIPWAY, type Verdict } from '@slipway/core';
import { type Rules, RULES } from '../driver/rules.ts';
import { TAKEN } from '../host/fate.ts';
import { isDark } from '../invariants/in-the-dark.ts';
import { NEW } from '../plans/scenario.ts';
import { accepting, believing, deciding, mapEvents, type Mutant } from './mutant.ts';

const slipway = (event: Draft['event']): Draft => ({ actor: SLIPWAY, event });

function withoutNeeds(launch: Launch): Launch {
  const steps = Object.entries(launch.plan.steps).map(([id, step]) => [id, { ...step, needs: [] }] as const);
  return { ...launch, plan: { ...launch.plan, steps: Object.fromEntries(steps) } };
}

/** The plan with a canary in the place of each dark launch. */
function litUp(launch: Launch): Launch {
  const steps = Object.entries(launch.plan.steps).map(([id, step]) => {
    return [id, isDark(step) ? { ...step, strategy: 'canary' as const } : step] as const;
  });
  return { ...launch, plan: { ...launch.plan, steps: Object.fromEntries(steps) } };
}

function withoutConditions(launch: Launch): Launch {
  const votes = Object.entries(launch.votes).map(([signoff, cast]) => {
    return [signoff, cast.map(({ conditions: _conditions, ...vote }) => vote)] as const;
  });
  return { ...launch, votes: Object.fromEntries(votes) };
}

/** The plan with everything told again after a tenth of the time. */
function hurried(launch: Launch): Launch {
  const announcements = launch.plan.announcements.map((each) =>
    each.again === undefined ? each : { ...each, again: each.again / 10 },
  );
  return { ...launch, plan: { ...launch.plan, announcements } };
}

function notHeld(launch: Launch): Launch {
  return launch.mode.is === 'held' ? { ...launch, mode: { is: 'running' } } : launch;
}

/** Each step of a ramp reaches only those whom it adds. */
function forgetful(launch: Launch, now: number): ReturnType<Rules['pending']> {
  const usual = RULES.pending(launch, now);
  const effects = usual.effects.map((effect) => {
    const { work } = effect;
    return work.kind === 'ramp' ? { ...effect, work: { ...work, audience: work.audience.slice(-1) } } : effect;
  });
  return { ...usual, effects };
}

const PASSED: Verdict = {
  decision: 'pass',
  culprit: null,
  sentence: 'well',
  findings: [],
  samples: null,
  exposure: null,
  firstBadAt: null,
  from: 0,
  to: 1,
};

/** Whoever watches a flag does not look whose it is. */
function unaware(event: Draft['event']): Draft['event'] {
  if (event.type !== 'effect-settled' || event.outcome.result !== 'failed' || event.outcome.reason !== TAKEN)
    return event;
  const evidence = { summary: 'well', items: [] };
  return { ...event, outcome: { result: 'done', evidence, data: { kind: 'verdict', verdict: PASSED } } };
}

/** Bugs of gates, votes, holds, attempts and the record. */
export const MUTANTS_OF_THE_WAY_THERE: readonly Mutant[] = [
  { bug: 'steps start before their gates', caughtBy: ['gates', 'votes'], rules: believing(withoutNeeds) },
  {
    bug: 'a phrase is typed by Slipway itself',
    caughtBy: ['gates'],
    rules: deciding((drafts) =>
      drafts.flatMap((draft) =>
        draft.event.type === 'step-started'
          ? [draft, slipway({ type: 'run-confirmed', step: draft.event.step })]
          : [draft],
      ),
    ),
  },
  {
    bug: 'votes outlive the facts that they were cast on',
    caughtBy: ['gates', 'votes'],
    rules: deciding((drafts) => drafts.filter((draft) => draft.event.type !== 'votes-revoked')),
  },
  {
    bug: 'votes on old facts count',
    caughtBy: ['votes'],
    rules: deciding((drafts) =>
      mapEvents(drafts, (event) =>
        event.type === 'vote-cast' ? { ...event, basis: { ...event.basis, seq: event.basis.seq - 1 } } : event,
      ),
    ),
  },
  {
    bug: 'anybody may vote',
    caughtBy: ['votes'],
    rules: {
      ...RULES,
      decide: (state, command, context) => {
        const actor = command.type === 'vote' ? ({ kind: 'person', id: 'bob' } as const) : context.actor;
        const decision = RULES.decide(state, command, { ...context, actor });
        if (!decision.ok) return decision;
        const drafts = decision.drafts.map((draft) =>
          draft.actor === actor ? { ...draft, actor: context.actor } : draft,
        );
        return { ok: true, drafts };
      },
    },
  },
  {
    bug: 'a NO-GO is only noted',
    caughtBy: ['votes'],
    rules: deciding((drafts, _state, command) =>
      command.type === 'vote' && command.vote === 'no-go' ? drafts.slice(0, 1) : drafts,
    ),
  },
  {
    bug: 'a GO counts whatever it depends on',
    caughtBy: ['votes'],
    rules: believing(withoutConditions),
  },
  {
    bug: 'production does not look at the calendar',
    caughtBy: ['calendar'],
    rules: believing(({ plan: { calendar: _calendar, ...plan }, ...launch }) => ({ ...launch, plan })),
  },
  {
    bug: 'a message is told again at every look',
    caughtBy: ['tellings'],
    rules: believing(hurried),
  },
  {
    bug: 'what got copies only is said to be live',
    caughtBy: ['world-agrees'],
    rules: deciding((drafts, state) =>
      drafts.flatMap((draft) => {
        const { event } = draft;
        if (event.type !== 'step-passed' || state.is === 'absent') return [draft];
        const step = state.plan.steps[event.step];
        if (!isDark(step)) return [draft];
        return [slipway({ type: 'environment-verified', environment: step.environment, version: NEW }), draft];
      }),
    ),
  },
  {
    bug: 'a dark launch gives traffic to the new version',
    caughtBy: ['in-the-dark'],
    rules: believing(litUp),
  },
  {
    bug: 'a look passes at a flag that somebody has killed',
    caughtBy: ['cohorts'],
    rules: deciding((drafts) => mapEvents(drafts, unaware)),
  },
  {
    bug: 'a step of a ramp forgets who came before it',
    caughtBy: ['cohorts'],
    rules: { ...RULES, pending: forgetful },
  },
  { bug: 'a hold is ignored', caughtBy: ['holds', 'honest-state', 'watched'], rules: believing(notHeld) },
  {
    bug: 'a pass ends the watch of a held launch',
    caughtBy: ['watched'],
    rules: deciding((drafts, state) =>
      mapEvents(drafts, (event) => {
        if (event.type !== 'watch-started' || event.mode !== 'guard' || state.is !== 'launch') return event;
        const step = state.steps[event.step];
        return { type: 'move-done', step: event.step, move: step?.is === 'active' ? step.move : 0 };
      }),
    ),
  },
  {
    bug: 'a failed step holds nobody',
    caughtBy: ['honest-state'],
    rules: deciding((drafts) =>
      drafts.filter(({ event }) => event.type !== 'held' || event.cause.kind !== 'step-failed'),
    ),
  },
  {
    bug: 'an attempt may be settled twice',
    caughtBy: ['attempts'],
    rules: {
      ...RULES,
      decide: accepting((state, command) =>
        command.type === 'settle-effect' && state.is === 'launch' && state.effects[command.effect] !== undefined
          ? [
              slipway({
                type: 'effect-settled',
                retryAt: null,
                effect: command.effect,
                attempt: command.attempt,
                outcome: command.outcome,
              }),
            ]
          : null,
      ),
    },
  },
  {
    bug: 'attempts are not counted',
    caughtBy: ['attempts'],
    rules: deciding((drafts) =>
      mapEvents(drafts, (event) => (event.type === 'effect-started' ? { ...event, attempt: 1 } : event)),
    ),
  },
  {
    bug: 'a retry does not wait its turn',
    caughtBy: ['attempts'],
    rules: {
      ...RULES,
      decide: (state, command, context) => {
        const early = command.type === 'begin-effect' ? 60_000 : 0;
        return RULES.decide(state, command, { ...context, now: context.now + early });
      },
      pending: (launch, now) => RULES.pending(launch, now + 60_000),
    },
  },
  {
    bug: 'what may have happened is run again',
    caughtBy: ['blind-repeats'],
    rules: deciding((drafts, state, command) => {
      const unsure = command.type === 'settle-effect' && command.outcome.result === 'unknown' && state.is === 'launch';
      const step = unsure ? command.effect.split(':')[0] : undefined;
      if (step === undefined || step === '~undo' || step === '~notice') return drafts;
      return [...drafts, slipway({ type: 'step-retried', step })];
    }),
  },
  {
    bug: 'an environment is verified before anybody has looked',
    caughtBy: ['world-agrees'],
    rules: deciding((drafts, state) =>
      drafts.flatMap((draft) => {
        const { event } = draft;
        const step = event.type === 'step-started' && state.is === 'launch' ? state.plan.steps[event.step] : undefined;
        if (step?.kind !== 'deploy') return [draft];
        return [draft, slipway({ type: 'environment-verified', environment: step.environment, version: NEW })];
      }),
    ),
  },
  {
    bug: 'news leaves before its environment is verified',
    caughtBy: ['notices'],
    rules: believing((launch) => {
      const all = Object.keys(launch.plan.environments).map((name) => [name, NEW] as const);
      return { ...launch, verified: Object.fromEntries(all) };
    }),
  },
  {
    bug: 'a retry sends to everybody again',
    caughtBy: ['notices'],
    rules: deciding((drafts, state) =>
      drafts.flatMap((draft, index) => {
        const { event } = draft;
        const step = event.type === 'step-retried' && state.is === 'launch' ? state.plan.steps[event.step] : undefined;
        if (step?.kind !== 'announce' || state.is === 'absent') return [draft];
        const { message } = step;
        const again = message.to.map((channel, place) => {
          const notice = `~notice:${state.head.seq + index}.9${place}`;
          return slipway({ type: 'notice-queued', notice, step: step.id, moment: null, channel, message });
        });
        return [draft, ...again];
      }),
    ),
  },
  {
    bug: 'a hold that pages tells nobody',
    caughtBy: ['pages'],
    rules: deciding((drafts) =>
      drafts.filter(({ event }) => event.type !== 'notice-queued' || event.page === undefined),
    ),
  },
  {
    bug: 'people are paged although somebody has acted',
    caughtBy: ['pages'],
    rules: believing((launch) => {
      const cause = launch.mode.is === 'held' ? launch.mode.causes.find((each) => 'page' in each) : undefined;
      if (cause === undefined || !('page' in cause) || launch.pages !== null) return launch;
      const open = { earlier: [], openedAt: launch.startedAt, level: 'p3', escalated: 0 } as const;
      return { ...launch, pages: { cause, times: 1, since: launch.startedAt, newest: [], ...open } };
    }),
  },
];
