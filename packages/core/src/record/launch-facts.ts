import type { LaunchFacts, MessageLanguage, Step } from '@slipway/plan';
import type { Launch, StepState } from '../model/state.ts';
import { movesOf, noticeEffects } from '../program/lookup.ts';
import { frontIsDone } from '../program/progress.ts';
import { hasOpened } from '../program/has-opened.ts';
import { stepsInOrder } from '../program/steps.ts';
import { missingVotes, standingVotes } from '../signoff/votes.ts';
import { scenarioOf } from '../scenario/scenario-steps.ts';
import { measuredText } from './measured-text.ts';
import { lengthText } from './report/length-text.ts';
import { pageAnswers } from './report/page-answers.ts';
import { LAUNCH_WORDS, type LaunchWords } from './message-words.ts';

export interface FactsAsked {
  readonly language: MessageLanguage;
  /** Epoch ms. */
  readonly now: number;
  /** Writes epoch ms as people of the plan's zone read them. */
  readonly inZone: (at: number) => string;
}

interface Telling {
  readonly launch: Launch;
  readonly words: LaunchWords;
  readonly now: number;
  readonly length: (ms: number) => string;
}

/**
 * Where a launch is, as messages say it. What is not known is null, and no message makes it up. Each is worked out when it is read:
 * a message reads a few of them.
 */
export function launchFacts(launch: Launch, { language, now, inZone }: FactsAsked): LaunchFacts {
  const length = (ms: number): string => lengthText(ms, language);
  const telling = { launch, words: LAUNCH_WORDS[language], now, length };
  const { holds, mode, t0 } = launch;
  return {
    get t0() {
      return inZone(t0);
    },
    state: telling.words.state[mode.is === 'ended' ? mode.as : mode.is],
    get checks() {
      return checksText(telling);
    },
    get signoffs() {
      return signoffsText(telling);
    },
    holds: holds.times,
    get doing() {
      return list(titles(launch, (step) => launch.steps[step.id]?.is === 'active'));
    },
    get next() {
      return nextTitle(launch);
    },
    get waitingFor() {
      return waitingText(telling);
    },
    get heldSince() {
      return mode.is === 'held' && holds.since !== null ? inZone(holds.since) : null;
    },
    resumedBy: holds.endedBy === null ? null : holds.endedBy.kind === 'person' ? holds.endedBy.id : 'Slipway',
    get answered() {
      return answeredText(telling);
    },
    get watched() {
      return watchedText(telling);
    },
    get measured() {
      return measuredText(launch, telling.words);
    },
    get rollout() {
      return rolloutText(telling);
    },
    get told() {
      return list(toldTitles(launch));
    },
    ...choiceFacts(launch, inZone),
  };
}

function choiceFacts(
  { plan, scenario }: Launch,
  inZone: FactsAsked['inZone'],
): Pick<LaunchFacts, 'scenario' | 'chosenBy' | 'choiceReason'> {
  const choice = scenario?.choice ?? null;
  if (choice === null) return { scenario: null, chosenBy: null, choiceReason: null };
  const { by, at, reason } = choice;
  return {
    scenario: scenarioOf(plan, choice.scenario)?.title ?? choice.scenario,
    chosenBy: `${by.kind === 'person' ? by.id : 'Slipway'}, ${inZone(at)}`,
    choiceReason: reason === '' ? null : reason,
  };
}

/** The newest page; null: nobody has answered it yet. */
function answeredText({ launch, words, length }: Telling): string | null {
  const last = pageAnswers(launch).at(-1);
  if (last === undefined) return words.notPaged;
  const { by, took, goal } = last;
  if (by === null || took === null) return null;
  return words.answered(by, length(took), goal === null ? null : length(goal), took <= (goal ?? took));
}

const list = (items: readonly string[]): string | null => (items.length === 0 ? null : items.join(', '));

function titles({ plan }: Launch, matches: (step: Step) => boolean): readonly string[] {
  return stepsInOrder(plan)
    .filter(matches)
    .map(({ title }) => title);
}

function nextTitle(launch: Launch): string | null {
  const { mode, plan, steps } = launch;
  if (mode.is !== 'running' && mode.is !== 'held') return null;
  return stepsInOrder(plan).find(({ id }) => steps[id]?.is === 'waiting')?.title ?? null;
}

function checksText({ launch, words }: Telling): string | null {
  const checks = stepsInOrder(launch.plan).filter(
    ({ kind, id }) => kind === 'check' && launch.steps[id]?.is !== 'not-chosen',
  );
  if (checks.length === 0) return null;
  return words.of(checks.filter(({ id }) => isYes(launch.steps[id])).length, checks.length);
}

/** A check that decides a scenario passes with its no as well. */
function isYes(state: StepState | undefined): boolean {
  return state?.is === 'passed' && state.answer === undefined;
}

function signoffsText({ launch, words }: Telling): string | null {
  const signoffs = stepsInOrder(launch.plan).filter(({ kind }) => kind === 'signoff');
  const votes = signoffs.flatMap(({ id }) => standingVotes(launch, id));
  return list(votes.map(({ vote, person, roles }) => words.vote(vote, person, roles.join(', '))));
}

/** Of a sign-off that is open the roles that are missing, of a task its owner. What is held or stuck waits for somebody in any case. */
function waitingText({ launch, words }: Telling): string | null {
  const waits = stepsInOrder(launch.plan).flatMap((step) => {
    const state = launch.steps[step.id];
    if (state?.is !== 'active' || !frontIsDone(launch, step.id)) return [];
    if (step.kind === 'signoff') return Object.keys(missingVotes(launch, step.id));
    if (step.kind === 'task') return [words.task(step.title, step.owner)];
    return movesOf(launch, step.id)[state.move]?.kind === 'confirm' ? [words.confirmation(step.title)] : [];
  });
  return list([...decisions({ mode: launch.mode, words }), ...waits]);
}

function decisions({ mode, words }: Pick<Launch, 'mode'> & Pick<Telling, 'words'>): readonly string[] {
  if (mode.is === 'incomplete') return [words.repair];
  return mode.is === 'held' ? [words.decision] : [];
}

/** By the clock, as people read it: how much of a soak counts is the engine's to say. */
function watchedText({ launch, words, now, length }: Telling): string | null {
  const soaks = stepsInOrder(launch.plan).flatMap((step) => {
    const state = launch.steps[step.id];
    if (step.kind !== 'soak' || !hasOpened(state) || state.is === 'skipped') return [];
    const passed = state.is === 'passed' ? step.hold : Math.min(step.hold, Math.max(0, now - state.since));
    return [`${step.environment}, ${words.of(length(passed), length(step.hold))}`];
  });
  return list(soaks);
}

function rolloutText({ launch, words, length }: Telling): string | null {
  const rollouts = stepsInOrder(launch.plan).flatMap((step) => {
    if (step.kind !== 'rollout' || step.strategy === 'flag') return [];
    return step.stages.map(({ weight, hold }) => {
      const share = words.share(weight);
      return hold === 0 ? share : words.held(share, length(hold));
    });
  });
  return list(rollouts);
}

/** What steps announced and channels took: after a way back it is no longer true. */
function toldTitles(launch: Launch): readonly string[] {
  const told = noticeEffects(launch).filter(({ id, step }) => {
    const state = launch.effects[id];
    return step !== null && state?.is === 'settled' && state.outcome.result === 'done';
  });
  return [...new Set(told.flatMap(({ step }) => (step === null ? [] : (launch.plan.steps[step]?.title ?? []))))];
}
