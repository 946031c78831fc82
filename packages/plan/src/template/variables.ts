import type { Artifact } from '../model/plan.ts';

/** What a message may speak of. `null` renders as nothing: write `{{ facts.cause | default: "unknown" }}` where that matters. */
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
  };
  /** Who started, held or called off: a person's id, or Slipway. */
  readonly person: string;
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
  person: 'who started, held or called off the launch',
};
