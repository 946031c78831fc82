import { z } from 'zod';
import { scenarioView } from './scenario.ts';

const epochMs = z.number().int().describe('Milliseconds since the epoch.');

export const versionShare = z.strictObject({
  version: z.string(),
  weight: z.number().min(0).max(100).describe('Per cent of traffic.'),
});

export const environmentView = z.strictObject({
  name: z.string(),
  tier: z.enum(['production', 'staging']),
  split: z
    .array(versionShare)
    .describe('What was last asked of the router; empty where nothing is routed or nothing was asked yet.'),
  splitVerified: z
    .boolean()
    .describe('true: since this split was asked, something looked and found that it is so. false: nothing did.'),
  verified: z.string().nullable().describe('The version that is verified to serve it; null: none is.'),
});

export const metricLook = z.strictObject({
  name: z.string(),
  unit: z
    .union([
      z.enum(['ratio', 'milliseconds']),
      z.strictObject({ gauge: z.string().describe("'' where none is known.") }),
    ])
    .describe('ratio: 0 to 1. {gauge: UNIT}: a number that stands for itself, in that unit.'),
  new: z.number().nullable().describe('null: no usable reading.'),
  old: z.number().nullable().describe('null: no usable reading, or there is no old version.'),
});

const band = z
  .strictObject({ low: z.number(), high: z.number() })
  .nullable()
  .describe(
    'Where the share lies, 0 to 1, with a confidence of 95 % at all looks together; null: it is no share, or was not read.',
  );

const evidence = () =>
  z
    .number()
    .describe('E-value of harm above the margin: by chance it is ever at least e in at most one of e launches.');

const fitting = {
  estimate: z.number().nullable().describe('What fits best; null: the old version had none.'),
  confidence: z
    .number()
    .describe('Chance that a ratio that stays the same lies in the interval at all looks together.'),
};
const edge = (name: string) => z.number().nullable().describe(`The ${name} edge; null: too little is known of it.`);

/** How many times the old version's share the new one's is. */
const times = z
  .discriminatedUnion('is', [
    z.strictObject({ is: z.literal('between'), low: edge('lower'), high: edge('upper'), ...fitting }),
    z.strictObject({ is: z.literal('moved'), ...fitting }),
  ])
  .nullable()
  .describe(
    "How many times the old version's share the new one's is, over all looks so far; where higher is better, of good answers. moved: no one ratio fits all looks. null: it is no share, or nothing is compared.",
  );

/** The evidence of the comparison. */
export const compared = z.strictObject({
  evidence: evidence(),
  alarm: z.number().describe('The e-value at which the launch is turned back: 1 by its chance of a false alarm.'),
  metrics: z.array(z.strictObject({ name: z.string(), evidence: evidence(), new: band, old: band, times })),
});

/** What the judge sees at this moment. Not part of the record: a new look replaces it every second. */
export const look = z.strictObject({
  step: z.string(),
  environment: z.string(),
  at: epochMs,
  weight: z
    .number()
    .nullable()
    .describe(
      'Per cent of traffic on the new version, or of people with the variant of a flag; null for a soak, and where a segment has it.',
    ),
  elapsed: z.number().describe('Milliseconds watched so far.'),
  hold: z.number().describe('Milliseconds to be watched.'),
  standing: z
    .enum(['healthy', 'too-early', 'no-data', 'suspect', 'failing'])
    .describe(
      'How it would be judged now. suspect: worse than chance explains well, and not sure enough to turn back.',
    ),
  sentence: z.string().describe('Why it stands so.'),
  samples: z.number().nullable().describe('Requests that the new version answered since this weight was set.'),
  minSamples: z.number().describe('Requests that it must have answered before it can pass.'),
  exposure: z.number().nullable().describe('Requests that met the new version since it first had traffic.'),
  metrics: z.array(metricLook),
  compared: compared
    .nullable()
    .describe('How the versions compare, over all looks so far; null where nothing is compared.'),
});

export const stepView = z.strictObject({
  id: z.string(),
  kind: z.enum(['run', 'check', 'deploy', 'rollout', 'soak', 'signoff', 'task', 'announce', 'wait']),
  title: z.string(),
  state: z
    .enum(['waiting', 'active', 'passed', 'failed', 'skipped', 'stopped', 'not-chosen'])
    .describe(
      'stopped: it was active when the launch turned back. not-chosen: it is of a scenario that was not chosen.',
    ),
  since: epochMs.nullable().describe('When it took this state; null while it waits, and where it was stopped.'),
  detail: z.string().describe('One line: what it is doing, what it found, why it failed or was skipped.'),
});

export const phaseView = z.strictObject({
  name: z.string(),
  state: z
    .enum(['waiting', 'active', 'done', 'failed', 'stopped', 'not-chosen'])
    .describe(
      'stopped: it was active when the launch turned back. not-chosen: it is of a scenario that was not chosen.',
    ),
  steps: z.array(stepView),
});

/** What the calendar of the plan says. */
export const windowView = z.strictObject({
  allowed: z.boolean().describe('Whether steps that change production may begin.'),
  change: epochMs.nullable().describe('When that changes; null: not within a year.'),
  why: z.array(z.string()).describe('Why they may not; empty where they may.'),
});

/** Somebody must act before the launch goes on. */
export const waitingFor = z.strictObject({
  step: z.string().nullable().describe('null: it is about the whole launch.'),
  who: z.string().describe('A role, or "anyone" with the right to.'),
  what: z.string().describe('What is asked of them.'),
  how: z.string().describe('The command that does it, ready to be typed.'),
  basis: z
    .strictObject({ seq: z.number().int(), digest: z.string() })
    .nullable()
    .describe('What a vote is to be bound to; null where it is no vote.'),
});

const fall = z
  .enum(['facts', 'expired', 'holder'])
  .describe('facts: they changed. expired: it grew too old. holder: somebody who holds the role has voted as well.');

const conditionView = z.strictObject({
  number: z.number().int().describe('Within its sign-off.'),
  text: z.string(),
  person: z.string().describe('Who set it.'),
});

export const voteView = z.strictObject({
  step: z.string(),
  person: z.string(),
  vote: z.enum(['go', 'no-go']),
  roles: z.array(z.string()).describe('The roles that it counts for.'),
  reason: z.string(),
  at: epochMs,
  stands: z.boolean().describe('false: it no longer counts; `fell` says why.'),
  fell: fall.exactOptional().describe('Left out: it counts.'),
  delegated: z.array(z.string()).exactOptional().describe('Of `roles`, those for which the voter stands in.'),
  expiresAt: epochMs.exactOptional().describe('Milliseconds since the epoch at which it falls; left out: it does not.'),
  conditions: z
    .array(conditionView.extend({ met: z.string().nullable().describe('Who said so and by which proof; null: open.') }))
    .exactOptional()
    .describe('What it depends on; left out: nothing.'),
});

/** Who a sign-off that is open is waiting for. */
export const signoffView = z.strictObject({
  step: z.string(),
  roles: z.array(
    z.strictObject({
      role: z.string(),
      missing: z.number().int().describe('GOs that are missing.'),
      people: z.array(z.string()).describe('Those who hold the role and could give one.'),
      delegates: z.array(z.string()).describe('Those who could in their place, while none of them has voted.'),
    }),
  ),
  conditions: z.array(conditionView).describe('What the GOs that count still depend on.'),
  fallen: z.array(z.strictObject({ person: z.string(), vote: z.enum(['go', 'no-go']), why: fall })),
});

export const wayBackItem = z.strictObject({
  step: z.string(),
  text: z.string().describe('One move, in words.'),
  state: z.enum(['planned', 'running', 'done', 'failed', 'unknown', 'none']),
});

const level = z
  .enum(['p1', 'p2', 'p3'])
  .describe('p1: production fails. p2: nobody can tell how production is. p3: anything else.');

/** The people on call are told, again and again, until somebody answers. */
export const pagingView = z.strictObject({
  step: z.string(),
  level,
  since: epochMs,
  pages: z.number().int().describe('How often they were told.'),
  escalated: z.number().int().describe('How many of those who come next were told.'),
  answerBy: epochMs.nullable().describe('When somebody should have answered, by the plan; null: it has no goal.'),
});

/** How long it took until somebody answered. */
export const pageAnswerView = z.strictObject({
  step: z.string(),
  level,
  at: epochMs,
  by: z.string().describe('Who is on it.'),
  took: z.number().int().describe('Milliseconds from the first page to the answer.'),
  goal: z.number().int().nullable().describe('Milliseconds, by the plan; null: it has none.'),
});

/** Where a launch stands, at a glance. */
export const launchView = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  artifact: z.strictObject({ name: z.string(), version: z.string() }),
  previousVersion: z.string().nullable().describe('The version that ran before; null: none, or not looked yet.'),
  seq: z.number().int().describe('Number of the newest event; grows with every change.'),
  digest: z.string().describe('Hash of the newest event: the head of the chain.'),
  planDigest: z.string().describe('sha256 over the canonical JSON of the plan with every default filled in.'),
  zone: z.string().describe('The time zone of the plan.'),
  t0: epochMs,
  startedAt: epochMs,
  startedBy: z.string(),
  endedAt: epochMs.nullable().describe('Milliseconds since the epoch; null while it goes on.'),
  state: z.enum(['running', 'held', 'turning-back', 'rollback-incomplete', 'completed', 'scrubbed', 'rolled-back']),
  headline: z.string().describe('One sentence: where are we.'),
  causes: z.array(z.string()).describe('Why it does not go on; empty unless held or back.'),
  window: windowView
    .optional()
    .describe('What the calendar says; absent while nothing of production waits for it or is under way.'),
  scenario: scenarioView
    .optional()
    .describe('The decision between exclusive scenarios; left out: the plan offers none.'),
  waitingFor: z.array(waitingFor).describe('Who must act before it goes on.'),
  paging: pagingView.exactOptional().describe('Left out: nobody is being paged.'),
  answers: z.array(pageAnswerView).exactOptional().describe('Pages that were answered; left out: there were none.'),
  waitingMessages: z
    .array(
      z.strictObject({
        channel: z.string(),
        about: z.string().describe('The step that announces it, or the moment of the launch.'),
        until: epochMs.describe('When the quiet hours end.'),
        standsFor: z.number().int().min(1).describe('How many messages of its cadence it stands for.'),
      }),
    )
    .optional()
    .describe('Messages that wait for the end of quiet hours; left out: none does.'),
  next: z.array(z.string()).describe('Titles of the steps that come next.'),
  phases: z.array(phaseView),
  environments: z.array(environmentView),
  votes: z.array(voteView),
  signoffs: z.array(signoffView).describe('Who the open sign-offs are waiting for.'),
  wayBack: z.array(wayBackItem).describe('How we get back: what the way back would do now, or does.'),
  look: look.nullable().describe('What the judge sees; null while nothing is watched.'),
  activity: z
    .array(z.strictObject({ step: z.string().nullable(), text: z.string() }))
    .describe('What long work says of itself right now, by step.'),
  exposure: z.number().nullable().describe('Requests that met the new version in all; null: unknown.'),
  firstBadAt: epochMs.nullable().describe("When the new version's first bad answer was; null: none is known."),
  backAt: epochMs.nullable().describe('When all traffic was back on the previous version; null if it never had to be.'),
});

export type LaunchView = z.infer<typeof launchView>;
export type Look = z.infer<typeof look>;
export type StepView = z.infer<typeof stepView>;
export type PhaseView = z.infer<typeof phaseView>;
export type EnvironmentView = z.infer<typeof environmentView>;
export type WindowView = z.infer<typeof windowView>;
export type WaitingFor = z.infer<typeof waitingFor>;
export type WayBackItem = z.infer<typeof wayBackItem>;
export type SignoffView = z.infer<typeof signoffView>;
export type VoteView = z.infer<typeof voteView>;
export type PagingView = z.infer<typeof pagingView>;
export type PageAnswerView = z.infer<typeof pageAnswerView>;

export const launchSummary = launchView.pick({
  id: true,
  title: true,
  artifact: true,
  state: true,
  headline: true,
  startedAt: true,
  endedAt: true,
});
export type LaunchSummary = z.infer<typeof launchSummary>;

export const launchList = z.strictObject({
  launches: z.array(launchSummary).describe('Newest first: every one that is active, and the newest that ended.'),
  unreadable: z.array(z.string()).describe("Ids of those whose events cannot be read; the server's log says why."),
  omitted: z.number().int().min(0).describe('How many older ones, all of them ended, were left out.'),
});
export type LaunchList = z.infer<typeof launchList>;
