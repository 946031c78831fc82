import {
  audienceWords,
  enAudience,
  enWaits,
  type ObserveMode,
  type Reasoned,
  type Said,
  type VerdictDecision,
  type Wait,
} from '@slipway/core';
import type { FlagAudience } from '@slipway/plan';
import { flagsEn } from './flags/en.ts';

const decisions: Readonly<Record<VerdictDecision, string>> = {
  pass: 'pass',
  fail: 'fail',
  'insufficient-data': 'insufficient-data',
  'telemetry-broken': 'telemetry-broken',
};

const observe: Readonly<Record<ObserveMode, string>> = {
  decide: 'watches',
  watch: 'goes on watching until it can tell',
  guard: 'passed; watched for as long as the launch is held',
};

const figures = new Intl.NumberFormat('en');
const figure = (value: number): string => figures.format(value);

/** Every sentence that the view composes, in English; the other languages have the same keys. */
export const en = {
  said: ({ sentence, sentences }: Said) => sentences?.en ?? sentence,
  because: ({ reason, reasons }: Reasoned) => reasons?.en ?? reason,
  headline: {
    starting: 'Starting',
    active: (phase: string, title: string) => `${phase}: ${title}`,
    more: (steps: number) => ` (and ${steps} more)`,
    untilVerified: (environment: string, title: string) => `Waiting until ${environment} is verified, for: ${title}`,
    waitsForWindow: (title: string, why: string) => `${title}: ${why}`,
    held: (why: string) => `Held: ${why}`,
    somebodyHolds: 'somebody holds it',
    stopping: (why: string) => `Turning back: ${why}. What is in flight is being stopped`,
    undoing: (why: string) => `Turning back: ${why}`,
    incomplete: 'The way back is incomplete: a person is needed',
    awaitsChoice: (proposed: string | null) =>
      proposed === null
        ? 'The gate is done: a scenario is to be chosen; the table proposes none'
        : `The gate is done: a scenario is to be chosen; the table proposes ${proposed}`,
    completedAs: (scenario: string, what: string) => `Completed: ${scenario} (${what})`,
    completed: (what: string) => `Completed: ${what} is live`,
    dark: (what: string) => `Completed: ${what} got copies of requests only; the previous version serves as before`,
    flags: (what: string) => `Completed: the flags of ${what} are on for those to whom they were ramped`,
    told: (what: string) => `Told: ${what}`,
    flagsOff: 'Rolled back, verified: the flags are off for everybody',
    scrubbed: (what: string) => `Scrubbed: called off before production; ${what} was not launched`,
    rolledBack: 'Rolled back, verified: the previous version serves again',
  },
  causes: {
    heldByStep: (step: string, reason: string) => `${step}: ${reason}`,
    verdict: (step: string, decision: string, sentence: string) => `${step}: ${decision}: ${sentence}`,
    decisions,
    unknownOutcome: (step: string, reason: string) => `${step}: nobody knows whether it was done (${reason})`,
    deadlock: (step: string, waits: readonly Wait[]) => `${step}: launches wait in a circle: ${enWaits(waits)}`,
    stepFailed: (step: string, reason: string) => `${step} failed: ${reason}`,
  },
  act: {
    vote: (title: string) => `GO or NO-GO: ${title}`,
    moreVotes: (votes: number) => ` (${votes} more)`,
    waiver: (step: string, person: string, reason: string) => `${person} wants to waive ${step}: ${reason}`,
    condition: (number: number, text: string) => `condition ${number} of the GO: ${text}`,
    review: (title: string, isOverdue: boolean) =>
      `look, and say what you saw: ${title}${isOverdue ? ' (overdue)' : ''}`,
    confirm: (title: string) => `confirm: ${title}`,
    choose: (title: string, isProposed: boolean) => `choose: ${title}${isProposed ? ' (proposed)' : ''}`,
    staleTick: (title: string, since: string) => `${title} (again: its tick of ${since} has grown too old)`,
    refusedProof: (title: string, why: string) => `${title} (again: its proof does not count: ${why})`,
    page: (pages: number, since: string, by: string | null) =>
      `say that you are on it: paged ${pages === 1 ? 'once' : `${pages} times`} since ${since}${by === null ? '' : `, an answer is wanted by ${by}`}`,
    heldByPerson: 'held by a person',
    stepFailed: (step: string) => `${step} failed`,
    freeze: (step: string) => `a freeze began: finish ${step}, leave it held, or roll back`,
    neverBegins: (step: string) => `by the calendar ${step} never begins`,
    overrideWindow: (step: string) => `let ${step} begin before its window opens`,
    noVerdict: (step: string) => `no verdict on ${step}`,
    lookWhetherDone: (step: string) => `look whether ${step} was done`,
    deadlock: (others: readonly string[]) => `call this launch off; or end ${others.join(' or ')}, then retry`,
    goOnBack: 'go on with the way back',
    mendByHand: 'or mend it by hand, then say so',
    either: (command: string, other: string) => `${command}   or   ${other}`,
  },
  steps: {
    stopped: 'stopped before its end',
    notReached: 'not reached',
    notChosen: 'not chosen',
    skipped: (reason: string) => `skipped: ${reason}`,
    until: (time: string) => `until ${time}`,
    waitsForVotes: (votes: string) => `waits for ${votes}`,
    votes: (count: number, role: string) => `${count} GO from ${role}`,
    waitsForConditions: (conditions: string) => `GO, once it holds that: ${conditions}`,
    waitsForPerson: 'waits for a person',
    waitsForWindow: (why: string, opens: string) => `waits for its window: ${why}${opens}`,
    opens: (time: string) => `; opens ${time}`,
    neverOpens: '; no opening within a year',
    triesAgain: (reason: string) => `tries again after: ${reason}`,
    lock: (environment: string) => `takes ${environment}`,
    survey: (environment: string) => `looks what runs in ${environment}`,
    check: 'checks',
    command: (command: string) => `runs ${command}`,
    start: (version: string) => `starts ${version}`,
    share: (weight: number, version: string) => `${weight} % to ${version}`,
    mirror: (share: number, version: string) => `mirrors ${share} % of requests to ${version}`,
    mirrored: (mirrors: string, compared: number, different: number) =>
      `${mirrors}: ${figure(compared)} compared, ${figure(different)} different`,
    lockFlag: (flag: string, environment: string) => `takes ${flag} in ${environment}`,
    flagSurvey: (flag: string, environment: string) => `looks what ${flag} serves in ${environment}`,
    ramp: (flag: string, variant: string, audience: readonly FlagAudience[]) =>
      `${flag}: ${variant} for ${audienceWords(audience, enAudience)}`,
    ramped: (who: string, watches: string) => `${who}; ${watches}`,
    stop: (version: string) => `drains and stops ${version}`,
    roll: (version: string, instances: number, of: number) => `rolls ${version}: ${instances} of ${of} instances`,
    rollTo: (version: string, weight: number) => `rolls ${version}: to ${weight} % of the instances`,
    observe,
    send: (channel: string) => `tells ${channel}`,
  },
  wayBack: {
    none: (because: string) => `no way back: ${because}`,
    restore: (version: string, environment: string) => `bring ${version} back in ${environment}`,
    routeAll: (environment: string, version: string) => `all traffic of ${environment} to ${version}`,
    endCopies: (environment: string, version: string) =>
      `end the copies in ${environment}; all traffic stays on ${version}`,
    routeNone: (environment: string) => `route no traffic in ${environment}`,
    stop: (version: string, environment: string) => `drain and stop ${version} in ${environment}`,
    killFlag: (flag: string) => `${flag} is switched off for everybody`,
    confirm: (version: string, environment: string) => `verify that ${version} serves ${environment}`,
    confirmNone: (environment: string) => `verify that nothing serves ${environment}`,
    command: (command: string) => `run ${command}`,
  },
  flags: flagsEn,
};
