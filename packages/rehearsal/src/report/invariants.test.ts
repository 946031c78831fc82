import { evolve, type LaunchEvent, type Recorded, type State } from '@slipway/core';
import type { Handlers, LaunchStore, Made, Making, StoredEvent } from '@slipway/engine';
import { registry } from '@slipway/providers';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../read-plan.ts';
import { type PortChanges, SOUND } from '../run/port-changes.ts';
import { rehearseScenario, type Stage } from '../run/rehearse-scenario.ts';
import { rehearsedAt } from '../run/setting.ts';
import type { Scenario } from '../scenario/fault.ts';
import { GOOD } from '../scenario/scenarios.ts';
import { WATCHED } from '../testing/watched-plan.ts';
import { brokenInvariants, type InvariantName, INVARIANTS } from './invariants.ts';

function stage(): Stage {
  const read = readPlan({ text: WATCHED, file: 'launch.yaml' }, registry);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return { ...rehearsedAt(read.plan, Date.UTC(2026, 10, 24, 9)), planDigest: 'digest', policy: null };
}

const BACK: Scenario = {
  id: 'rollback:production',
  fault: { kind: 'rollback', phase: 'production' },
  wants: ['rolled-back'],
};
const DEAD: Scenario = {
  id: 'crash:care:start-after',
  fault: { kind: 'crash', step: 'care', boundary: 'start-after' },
  wants: ['completed'],
};

/** The change with other events than it had. */
function altered({ before, events, next }: Extract<Made, { ok: true }>['change'], alter: Alter): Made {
  const others = alter(events);
  const after = others.reduce<State>((state, recorded) => evolve(state, recorded), before);
  if (after.is === 'absent') throw new Error('nothing is left of the launch');
  return { ok: true, change: { before, events: others, after, next } };
}

type Alter = (events: readonly StoredEvent[]) => readonly StoredEvent[];

/** An engine that writes down something else than the rules say. */
const writing =
  (alter: Alter) =>
  (making: Making): Making =>
  (before, order, now) => {
    const made = making(before, order, now);
    return made.ok ? altered(made.change, alter) : made;
  };

const changing = (change: (event: LaunchEvent) => LaunchEvent) =>
  writing((events) => events.map((recorded) => ({ ...recorded, event: change(recorded.event) })));

/** In the place of the events of a decision those of which `keep` says so, without a gap. */
const dropping = (keep: (recorded: Recorded) => boolean) =>
  writing((events) => {
    const first = events[0]?.seq ?? 1;
    const previous = events[0]?.previous ?? '';
    const kept = events.filter(keep);
    return kept.map((event, index) => ({
      ...event,
      seq: first + index,
      previous: kept[index - 1]?.hash ?? previous,
    }));
  });

/** Begins a step once more after the end of the launch. */
const goingOn = writing((events) => {
  const last = events.at(-1);
  if (last === undefined || !events.some(({ event }) => event.type === 'launch-ended')) return events;
  const { seq, hash } = last;
  return [
    ...events,
    { ...last, seq: seq + 1, previous: hash, hash: `${hash}+`, event: { type: 'step-started', step: 'care' } },
  ];
});

const twice = (handlers: Handlers): Handlers => ({
  ...handlers,
  send: {
    ...handlers.send,
    run: async (work, context) => {
      await handlers.send.run(work, context);
      return await handlers.send.run(work, context);
    },
  },
});

/** Says that the way back is done, and does nothing. */
const idle = (handlers: Handlers): Handlers => {
  const nothing = async () => ({ evidence: { summary: 'done', items: [] }, data: { kind: 'none' } as const });
  const { shift, restore, stop } = handlers;
  return {
    ...handlers,
    stop: { ...stop, run: nothing },
    restore: { ...restore, run: nothing },
    shift: {
      ...shift,
      run: (work, context) => (context.effect.id.startsWith('~') ? nothing() : shift.run(work, context)),
    },
    'confirm-back': { ...handlers['confirm-back'], run: nothing },
  };
};

/** Of what it took, one event is gone. */
const forgetful = (store: LaunchStore): LaunchStore => ({
  ...store,
  read: async (launch, after) => (await store.read(launch, after)).filter(({ seq }) => seq !== 8),
});

/** Announcements wait for nobody. */
const hasty =
  (making: Making): Making =>
  (before, order, now) => {
    if (order.command.type !== 'start') return making(before, order, now);
    const { plan } = order.command;
    const steps = Object.values(plan.steps).map((step) =>
      step.kind === 'announce' ? { ...step, about: null, needs: [] } : step,
    );
    const changed = { ...plan, steps: Object.fromEntries(steps.map((step) => [step.id, step])) };
    return making(before, { ...order, command: { ...order.command, plan: changed } }, now);
  };

const backwards = changing((event) =>
  event.type === 'way-back-planned' ? { ...event, items: event.items.toReversed() } : event,
);

const inSilence = dropping(({ event }) => !(event.type === 'notice-queued' && event.moment === 'rolled-back'));

const breaks: readonly (readonly [what: string, named: InvariantName, Scenario, Partial<PortChanges>])[] = [
  ['goes on after its end', 'legal-end', GOOD, { making: goingOn }],
  ['loses an event', 'whole-record', GOOD, { store: forgetful }],
  ['loses an event, and dies later', 'whole-record', DEAD, { store: forgetful }],
  ['says that it is back, and is not', 'watched', BACK, { handlers: idle }],
  ['goes back in the wrong order', 'reverse-order', BACK, { making: backwards }],
  ['sends every message twice', 'done-once', GOOD, { handlers: twice }],
  ['tells of what is not verified', 'verified-first', GOOD, { making: hasty }],
  ['ends its way back in silence', 'end-told', BACK, { making: inSilence }],
];

describe('an engine that is broken on purpose', () => {
  it.each(breaks)('%s: %s', async (_what, named, scenario, changes) => {
    const flown = await rehearseScenario(stage(), scenario, { changes: { ...SOUND, ...changes } });
    expect(brokenInvariants(flown).map(({ invariant }) => invariant)).toContain(named);
  });

  it('is named by each of the invariants', () => {
    expect(new Set(breaks.map(([, named]) => named))).toEqual(new Set(INVARIANTS));
  });

  it.each([GOOD, BACK, DEAD])('is nothing of the kind when it is sound: $id', async (scenario) => {
    expect(brokenInvariants(await rehearseScenario(stage(), scenario))).toEqual([]);
  });
});
