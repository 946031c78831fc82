import type { WaitingFor } from '@slipway/contract';
import {
  basisOf,
  heldAtTheGate,
  type HoldCause,
  type Launch,
  missingVotes,
  movesOf,
  openConditions,
  openReviews,
  openSoak,
  soakLength,
  undoEffects,
  utcTime,
} from '@slipway/core';
import { formatLocalTime, type Step } from '@slipway/plan';
import { pagingOf } from './paging.ts';
import { choicesWanted } from './scenario.ts';
import { isAtGate } from './window.ts';
import type { Words } from './words/words.ts';

/** Who must act, on what, with which command. */
export function waitingForOf(launch: Launch, words: Words): readonly WaitingFor[] {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
      return [
        ...proposals(launch, words),
        ...choicesWanted(launch, words),
        ...peopleSteps(launch, words),
        ...overrides(launch, words),
      ];
    case 'held':
      return [
        ...answers(launch, words),
        ...mode.causes.map((cause) => holdAction(launch, cause, words)),
        ...proposals(launch, words),
        ...choicesWanted(launch, words),
        ...peopleSteps(launch, words),
        ...overrides(launch, words),
      ];
    case 'incomplete':
      return incompleteActions(launch, words);
    case 'stopping':
    case 'undoing':
    case 'ended':
      return [];
  }
}

/** Whoever is on call comes first: the others are told until somebody answers. */
function answers(launch: Launch, { act }: Words): readonly WaitingFor[] {
  const { paging } = pagingOf(launch);
  if (paging === undefined) return [];
  const { zone } = launch.plan;
  const by = paging.answerBy === null ? null : formatLocalTime(paging.answerBy, zone);
  return [
    action(paging.step, 'anyone', act.page(paging.pages, formatLocalTime(paging.since, zone), by), 'slipway ack'),
  ];
}

function peopleSteps(launch: Launch, words: Words): readonly WaitingFor[] {
  return Object.keys(launch.steps).flatMap((id) => {
    const state = launch.steps[id];
    if (state?.is !== 'active') return [];
    const move = movesOf(launch, id)[state.move];
    const step = launch.plan.steps[id];
    if (step === undefined || move === undefined) return [];
    if (step.kind === 'soak') return reviewsWanted(launch, id, words);
    if (move.kind === 'vote') return [...votesWanted(launch, step, words), ...conditionsWanted(launch, step, words)];
    if (move.kind === 'confirm') return [action(id, 'anyone', words.act.confirm(step.title), `slipway confirm ${id}`)];
    if (move.kind !== 'proof' || step.kind !== 'task') return [];
    const what = taskText(launch, step, words);
    return [
      action(id, step.owner, what, `slipway task done ${id} --proof ${step.proof === 'url' ? 'https://…' : '…'}`),
    ];
  });
}

/** With the reason why an earlier tick does not count. */
function taskText({ unticked }: Launch, { id, title }: Step, words: Words): string {
  const why = Object.hasOwn(unticked, id) ? unticked[id] : undefined;
  if (why === undefined) return title;
  return why.kind === 'stale'
    ? words.act.staleTick(title, utcTime(why.tickedAt))
    : words.act.refusedProof(title, words.because(why));
}

/** Nobody has to where it opens by itself. */
function overrides(launch: Launch, { act }: Words): readonly WaitingFor[] {
  const role = launch.plan.calendar?.override ?? null;
  if (role === null) return [];
  const begun = Object.keys(launch.steps).filter((id) => launch.window?.allowed === false && isAtGate(launch, id));
  return [...heldAtTheGate(launch).map(({ id }) => id), ...begun].map((id) =>
    action(id, role, act.overrideWindow(id), `slipway override-window ${id} --reason …`),
  );
}

function votesWanted(launch: Launch, { id, title }: Step, { act }: Words): readonly WaitingFor[] {
  const { seq, hash } = basisOf(launch, id);
  return Object.entries(missingVotes(launch, id)).map(([role, count]): WaitingFor => {
    const what = `${act.vote(title)}${count > 1 ? act.moreVotes(count) : ''}`;
    return { step: id, who: role, what, how: `slipway approve ${id}`, basis: { seq, digest: hash } };
  });
}

/** One tick stands for every review that is due. */
function reviewsWanted(launch: Launch, id: string, { act }: Words): readonly WaitingFor[] {
  const open = openReviews(launch, id);
  const soak = openSoak(launch, id);
  const role = soak?.care.review?.by;
  if (soak === null || role === undefined || open === 0) return [];
  const isOver = soak.state.counted >= soakLength(launch, soak.step);
  return [action(id, role, act.review(soak.step.title, open > 1 || isOver), `slipway task done ${id} --proof "…"`)];
}

function proposals(launch: Launch, { act }: Words): readonly WaitingFor[] {
  const role = launch.policy?.rules.waivers.secondPerson ?? null;
  return Object.entries(launch.proposals).flatMap(([step, { by, reason }]) => {
    const is = launch.steps[step]?.is;
    if (role === null || is === 'passed' || is === 'skipped') return [];
    const who = by.kind === 'person' ? by.id : 'Slipway';
    return [action(step, role, act.waiver(step, who, reason), `slipway waiver approve ${step}`)];
  });
}

function conditionsWanted(launch: Launch, { id }: Step, { act }: Words): readonly WaitingFor[] {
  return openConditions(launch, id).map(({ number, text, person }) =>
    action(id, person, act.condition(number, text), `slipway condition met ${id} ${number} --proof …`),
  );
}

function holdAction(launch: Launch, cause: HoldCause, { act }: Words): WaitingFor {
  const back = 'slipway rollback --reason …';
  switch (cause.kind) {
    case 'person':
      return action(null, 'operator', act.heldByPerson, 'slipway resume');
    case 'step-failed': {
      const { step } = cause;
      // It has not begun, and its calendar never lets it: there is nothing to run again.
      if (heldAtTheGate(launch).some(({ id }) => id === step)) {
        const how = act.either(`slipway skip ${step} --reason …`, 'slipway abort --reason …');
        return action(step, 'operator', act.neverBegins(step), how);
      }
      const other = launch.touched.includes(step) ? back : `slipway skip ${step} --reason …`;
      return action(step, 'operator', act.stepFailed(step), act.either(`slipway retry ${step}`, other));
    }
    case 'verdict':
      return action(cause.step, 'operator', act.noVerdict(cause.step), act.either('slipway resume', back));
    case 'unknown-outcome': {
      const how = `slipway answer ${cause.effect} done|not-done --reason …`;
      return action(cause.step, 'operator', act.lookWhetherDone(cause.step), how);
    }
    case 'freeze':
      return action(cause.step, 'operator', act.freeze(cause.step), act.either('slipway resume', back));
    case 'deadlock': {
      const others = cause.waits.map((wait) => wait.launch).filter((id) => id !== launch.id);
      const how = act.either('slipway abort --reason …', `slipway retry ${cause.step}`);
      return action(cause.step, 'operator', act.deadlock(others), how);
    }
  }
}

function incompleteActions(launch: Launch, { act }: Words): readonly WaitingFor[] {
  const open = undoEffects(launch).flatMap((effect) => {
    const state = effect === null ? undefined : launch.effects[effect.id];
    return effect !== null && state?.is === 'settled' && state.outcome.result !== 'done' ? [effect] : [];
  });
  return [
    action(null, 'operator', act.goOnBack, 'slipway retry'),
    ...open.map((effect) =>
      action(effect.step, 'operator', act.mendByHand, `slipway answer ${effect.id} done --reason …`),
    ),
  ];
}

function action(step: string | null, who: string, what: string, how: string): WaitingFor {
  return { step, who, what, how, basis: null };
}
