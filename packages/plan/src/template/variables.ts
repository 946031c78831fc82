import { LINK_NAMES, WORD_NAMES } from '../messages/message-templates.ts';
import type { Artifact } from '../model/plan.ts';

/** What a message may speak of. `null` is shown as missing: write `{{ facts.cause | default: "nothing" }}` where nothing is meant. */
export interface MessageVariables {
  readonly launch: {
    readonly name: string;
    readonly title: string;
    /** The id of this run of the plan. */
    readonly id: string;
  };
  readonly artifact: Artifact;
  readonly facts: {
    /** Requests that met the new version so far. */
    readonly exposure: number | null;
    /** Seconds from the decision to turn back until all traffic was on the old version again. */
    readonly secondsToRecover: number | null;
    /** Why the launch was held or turned back, in one sentence. */
    readonly cause: string | null;
    /** When the launch started: ISO 8601 with the offset of the plan's zone. */
    readonly startedAt: string | null;
    readonly previousVersion: string | null;
  } & LaunchFacts;
  /** Addresses that the plan gives, and null for each that the shipped messages read and it does not give. */
  readonly links: Readonly<Record<string, string | null>>;
  /** Words that the plan gives, likewise. */
  readonly words: Readonly<Record<string, string | null>>;
  /** Who started, held or called off: a person's id, or Slipway. */
  readonly person: string;
}

/** Where the launch is, in the language of its messages. */
export interface LaunchFacts {
  /** When T-0 is: ISO 8601 with the offset of the plan's zone. */
  readonly t0: string;
  /** What it is doing as a whole: under way, held, … */
  readonly state: string;
  /** Checks that passed, of how many: `4 of 5`; null: the plan has none. */
  readonly checks: string | null;
  /** GOs and NO-GOs that stand, with who gave them. */
  readonly signoffs: string | null;
  /** How often it was held. */
  readonly holds: number;
  /** Titles of the steps that are being done. */
  readonly doing: string | null;
  readonly next: string | null;
  /** Roles and people whom it waits for. */
  readonly waitingFor: string | null;
  /** Since when it is held: ISO 8601 with the offset of the plan's zone. */
  readonly heldSince: string | null;
  /** Who let it go on after the newest hold. */
  readonly resumedBy: string | null;
  /** Who answered the newest page, after how long, and whether that was in time; null: nobody has yet. */
  readonly answered: string | null;
  /** What is or was soaked, and for how long of how long: `staging, 24h of 48h`. */
  readonly watched: string | null;
  /** The newest figures of both versions. */
  readonly measured: string | null;
  /** Shares of the rollout, with their holds: `10 % for 24h, 50 % for 24h, 100 %`. */
  readonly rollout: string | null;
  /** Titles of messages of steps that were delivered. */
  readonly told: string | null;
  /** Title of the scenario that was chosen, of those that the plan offers. */
  readonly scenario: string | null;
  /** Who chose it, and when. */
  readonly chosenBy: string | null;
  /** Why, as they wrote it. */
  readonly choiceReason: string | null;
}

/** What a provider's configuration and a command may speak of: known when the launch starts. */
export type ConfigVariables = Pick<MessageVariables, 'launch' | 'artifact'>;

/** Every variable of a configuration or a command, with its meaning. */
export const CONFIG_VARIABLES: Readonly<Record<string, string>> = {
  'launch.name': "the plan's name",
  'launch.title': "the plan's title",
  'launch.id': 'the id of this launch',
  'artifact.name': 'the name of what is launched',
  'artifact.version': 'the version that is launched',
  'artifact.git': 'its tag or commit in git; nothing where the plan names none',
};

/** Every variable of a message, with its meaning. */
export const MESSAGE_VARIABLES: Readonly<Record<string, string>> = {
  ...CONFIG_VARIABLES,
  'facts.exposure': 'requests that met the new version so far',
  'facts.secondsToRecover': 'seconds from the decision to turn back until all traffic was on the old version again',
  'facts.cause': 'why the launch was held or turned back',
  'facts.startedAt': "when the launch started, in the plan's time zone",
  'facts.previousVersion': 'the version that ran before',
  'facts.t0': "when T-0 is, in the plan's time zone",
  'facts.state': 'what the launch is doing as a whole',
  'facts.checks': 'checks that passed, of how many',
  'facts.signoffs': 'GOs and NO-GOs that stand, with who gave them',
  'facts.holds': 'how often it was held',
  'facts.doing': 'the steps that are being done',
  'facts.next': 'the step that comes next',
  'facts.waitingFor': 'the roles and people whom it waits for',
  'facts.heldSince': "since when it is held, in the plan's time zone",
  'facts.resumedBy': 'who let it go on after the newest hold',
  'facts.answered': 'who answered the newest page, after how long, and whether in time',
  'facts.watched': 'what is soaked, for how long of how long',
  'facts.measured': 'the newest figures of both versions',
  'facts.rollout': 'the shares of the rollout with their holds',
  'facts.told': 'the messages of steps that were delivered',
  'facts.scenario': 'the scenario that was chosen',
  'facts.chosenBy': 'who chose the scenario, and when',
  'facts.choiceReason': 'why the scenario was chosen',
  person: 'who started, held or called off the launch',
};

type Words = Readonly<Record<string, string | null>>;

/** Links and words of a plan; absent: it gives none. */
export type OwnWords = { readonly links: Words; readonly words: Words } | undefined;

/** Every variable of a message of this plan: with the plan's own links and words, and those that the shipped messages read. */
export function messageVariables(own: OwnWords): Readonly<Record<string, string>> {
  const { links, words } = givenWords(own);
  const named = (group: string, names: object, what: string): readonly (readonly [string, string])[] =>
    Object.keys(names).map((name) => [`${group}.${name}`, what]);
  const all = [...named('links', links, 'an address of the plan'), ...named('words', words, 'words of the plan')];
  return { ...MESSAGE_VARIABLES, ...Object.fromEntries(all) };
}

/** The links and words that a message may read; null: the plan does not give it. */
export function givenWords(own: OwnWords): Pick<MessageVariables, 'links' | 'words'> {
  const missing = (names: readonly string[]): Words => Object.fromEntries(names.map((name) => [name, null]));
  return {
    links: { ...missing(LINK_NAMES), ...own?.links },
    words: { ...missing(WORD_NAMES), ...own?.words },
  };
}
