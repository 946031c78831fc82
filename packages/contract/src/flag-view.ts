import { z } from 'zod';

const epochMs = (what: string) => z.number().int().describe(`${what} Milliseconds since the epoch.`);

/** A flag set is named by the product and the environment. */
export const flagSetName = z
  .string()
  .max(127)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, {
    error: 'write product.environment, such as shop.production',
  })
  .describe('Product and environment, as shop.production.');
export const flagKey = z
  .string()
  .min(1)
  .max(200, { error: "a flag's key has at most 200 characters" })
  .describe("The flag's key, as applications ask for it.");

export const flagOrigin = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('server') }),
    z.strictObject({ kind: z.literal('file'), file: z.string() }),
  ])
  .describe('Where the definition is kept. What came from a file is changed there, and applied again.');

const launchStep = z
  .strictObject({ id: z.string(), step: z.string() })
  .nullable()
  .describe('The launch and its step that move it; null: a person or a schedule.');

export const flagRampView = z.strictObject({
  variant: z.string().describe('The variant on its way to everybody.'),
  cohort: z.string().describe('Seed of the cohort: flags with the same one get the same people.'),
  audience: z.array(z.string()).describe('Who gets it, in words: all of them together.'),
  launch: launchStep,
});

export const flagKillView = z.strictObject({
  reason: z.string(),
  by: z.string(),
  at: epochMs('When.'),
  launch: z.string().nullable().describe('The launch whose way back it is; null: a person killed it.'),
});

const next = z
  .string()
  .nullable()
  .describe('What its team does next to be rid of a flag that has done its work, in words; null: nothing yet.');

/** One flag in a list. */
export const flagSummary = z.strictObject({
  key: z.string(),
  type: z.enum(['release', 'experiment', 'ops', 'permission']),
  owner: z.string(),
  expires: z.string().describe('Expected end of life, as 2027-01-31, or never.'),
  state: z
    .enum(['killed', 'disabled', 'ramping', 'serving'])
    .describe(
      "disabled: by its definition, whoever asks gets the default of its own code. serving: by its definition's rules.",
    ),
  sentence: z.string().describe('Who gets what now, in words.'),
  next,
  changedAt: epochMs('Its newest change.'),
});

export const scheduledFlagChange = z.strictObject({
  id: z.string(),
  flag: z.string(),
  at: epochMs('When it is made.'),
  what: z.string().describe('What happens then, in words.'),
  by: z.string(),
});

/** A flag with all that is known of it. */
export const flagView = flagSummary.extend({
  set: z.string(),
  purpose: z.string(),
  off: z.string().describe('The variant that a kill serves.'),
  requires: z
    .array(z.strictObject({ flag: z.string(), variant: z.string() }))
    .describe('Flags that must serve a variant; where one does not, this one serves its off variant.'),
  origin: flagOrigin,
  ramp: flagRampView.nullable(),
  kill: flagKillView.nullable(),
  scheduled: z.array(scheduledFlagChange),
  revision: z.number().int().describe('Number of its newest event in the history of the set.'),
  createdAt: epochMs('When it was first defined.'),
  definition: z.looseObject({}).describe('As flagd defines flags, its metadata included.'),
});

export const flagProposal = z.strictObject({
  id: z.string(),
  what: z.string().describe('What would change, in words.'),
  reason: z.string(),
  by: z.string(),
  at: epochMs('When it was proposed.'),
  due: epochMs('When the first of what it schedules would be made; null: it schedules nothing.').nullable(),
});

export const flagPolicy = z.strictObject({
  approvals: z
    .union([z.literal(0), z.literal(1)])
    .describe('People besides the author who must approve a change: 0, or 1 (four eyes). A kill needs none.'),
  channels: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
        .max(60),
      z.strictObject({ provider: z.string().min(1).max(60), config: z.json() }),
    )
    .refine((channels) => Object.keys(channels).length <= 20, { error: 'at most 20 channels' })
    .describe('Channels that are told of each kill and un-kill, by name, as in a launch plan.'),
  language: z.enum(['en', 'fr']).describe('The language of what they are told.'),
});

/** A flag set as this server serves it. */
export const flagSetView = z.strictObject({
  set: z.string(),
  version: z.number().int().describe('Number of its newest event; grows with every change.'),
  staleSince: epochMs('Since when the database does not answer, so that this may be old.').nullable(),
  flags: z.array(flagSummary).describe('By key.'),
  segments: z.array(z.strictObject({ name: z.string(), origin: flagOrigin })),
  scheduled: z.array(scheduledFlagChange).describe('What comes first stands first.'),
  proposals: z.array(flagProposal).describe('What waits for approval, oldest first.'),
  policy: flagPolicy,
});

export const flagSetList = z.strictObject({
  sets: z.array(
    z.strictObject({
      set: z.string(),
      version: z.number().int(),
      flags: z.number().int().describe('How many it has.'),
      killed: z.array(z.string()).describe('Keys of those that are killed.'),
    }),
  ),
});

/** One event of a set, newest first in a history. */
export const flagHistoryEntry = z.strictObject({
  seq: z.number().int().positive(),
  at: epochMs('When.'),
  by: z.string().describe('A person, or slipway for a launch or a schedule.'),
  what: z.string().describe('What happened, in words.'),
  due: epochMs('For when something was scheduled; null: nothing was.').nullable(),
  event: z.looseObject({ type: z.string() }).describe('What happened, by its type; other keys depend on it.'),
  hash: z.string().describe('Covers this event and the one before: the history is a chain.'),
});
export const flagHistory = z.strictObject({ set: z.string(), entries: z.array(flagHistoryEntry) });

export const staleFlag = z.strictObject({
  key: z.string(),
  owner: z.string(),
  reason: z
    .enum(['expired', 'experiment-running', 'settled', 'left-killed'])
    .describe(
      'expired: past the end of life that its team named. experiment-running: so, and it still gives different people different variants. settled: a release flag that gives everybody the same. left-killed: killed, and nobody has mended or removed it.',
    ),
  days: z.number().int().min(0).describe('For how long that has been so.'),
  variant: z.string().nullable().describe('What everybody gets; null: it differs.'),
  expires: z.string(),
  why: z.string().describe('The reason, in words.'),
  next,
});
export const staleFlagList = z.strictObject({ set: z.string(), flags: z.array(staleFlag) });

/** How far the newest change of a set has come, of the clients that hold a stream open to this server. */
export const flagDelivery = z.strictObject({
  version: z.number().int().describe('Number of its newest event.'),
  at: epochMs('When this server served it first.'),
  told: z.number().int().min(0).describe('Clients that were told of it.'),
  fetched: z.number().int().min(0).describe('Of these, those that have asked again since.'),
  lastFetchedAt: epochMs('When the last of these asked; null: none has.').nullable(),
});

export const flagSetStatus = z.strictObject({
  set: z.string(),
  version: z.number().int().describe('What this server serves.'),
  head: z.string().describe('Hash of the newest event: the same on every server that serves the same.'),
  staleSince: epochMs('Since when the database does not answer, so that this may be old.').nullable(),
  trouble: z.string().nullable().describe('Why this server cannot follow the set any more; null: it does.'),
  streams: z.number().int().min(0).describe('Clients that listen for changes of any set here.'),
  delivery: flagDelivery
    .nullable()
    .describe('Of the newest change; null: unknown, or there was none since this server started.'),
});

export type FlagSummary = z.infer<typeof flagSummary>;
export type ScheduledFlagChange = z.infer<typeof scheduledFlagChange>;
export type FlagView = z.infer<typeof flagView>;
export type FlagProposal = z.infer<typeof flagProposal>;
export type FlagPolicyWire = z.infer<typeof flagPolicy>;
export type FlagSetView = z.infer<typeof flagSetView>;
export type FlagSetList = z.infer<typeof flagSetList>;
export type FlagHistory = z.infer<typeof flagHistory>;
export type StaleFlagList = z.infer<typeof staleFlagList>;
export type FlagDelivery = z.infer<typeof flagDelivery>;
export type FlagSetStatus = z.infer<typeof flagSetStatus>;
