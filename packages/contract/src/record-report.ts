import { z } from 'zod';
import { language } from './language.ts';

const epochMs = z.number().int().describe('Milliseconds since the epoch.');
const orUnknown = epochMs
  .nullable()
  .describe('Milliseconds since the epoch; null: it did not happen, or is not known.');

export const reportKind = z
  .enum([
    'gate',
    'changelog',
    'release-notes',
    'deployment',
    'rollback',
    'post-mortem',
    'retrospective',
    'change-record',
  ])
  .describe('Which document is written from the events of a launch. Example: post-mortem.');
export type ReportKind = z.infer<typeof reportKind>;

export const overviewKind = z
  .enum(['hotfixes', 'dora'])
  .describe('Which document is written from several launches. Example: dora.');
export type OverviewKind = z.infer<typeof overviewKind>;

export const documentFormat = z
  .enum(['json', 'markdown'])
  .describe('markdown to read, json for programs. Default: json. Example: markdown.');

/** Commits of one release at most. */
export const MOST_COMMITS = 5_000;

/** A commit as Conventional Commits 1.0.0 reads it. */
export const commit = z.strictObject({
  hash: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .describe('Its name, whole or short. Example: 0c5c2b7.'),
  at: epochMs,
  type: z.string().max(100).nullable().describe('feat, fix, …; null: its message is not of that form.'),
  scope: z.string().max(200).nullable().describe('What it is about; null: it does not say. Example: checkout.'),
  subject: z.string().max(1_000).describe('Its first line without type and scope.'),
  breaking: z.boolean().describe('Whether it breaks what users rely on.'),
  breakingNote: z.string().max(4_000).describe("What it says of that; '' where it says nothing."),
  references: z.array(z.string().max(200)).max(50).describe('Issues that it names. Example: #42.'),
});
export type CommitInfo = z.infer<typeof commit>;

export const reportRequest = z.strictObject({
  format: documentFormat.default('json'),
  language: language.optional().describe('Left out: as Accept-Language says.'),
  commits: z
    .array(commit)
    .max(MOST_COMMITS)
    .nullable()
    .default(null)
    .describe('The commits of the release, for change logs and notes. Default: null, which is shown as missing.'),
});
export type ReportRequest = z.input<typeof reportRequest>;

const listItem = z.strictObject({ lead: z.string().nullable(), text: z.string() });
const block = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('text'), text: z.string() }),
  z.strictObject({ is: z.literal('gap'), text: z.string().describe('What only a person can write.') }),
  z.strictObject({ is: z.literal('list'), items: z.array(listItem) }),
  z.strictObject({ is: z.literal('table'), head: z.array(z.string()), rows: z.array(z.array(z.string())) }),
]);

export const recordDocument = z.strictObject({
  kind: z.string(),
  language,
  title: z.string(),
  level: z.union([z.literal(1), z.literal(2)]).describe('2: an entry that goes into another document.'),
  result: z.string().nullable(),
  figures: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable())
    .describe('The facts for programs, the same in every language; null: not known.'),
  sections: z.array(z.strictObject({ heading: z.string(), blocks: z.array(block) })),
});

export const launchReport = z.strictObject({
  format: z.literal('slipway-report-1'),
  launch: z.string().nullable().describe('null: it is about several launches.'),
  head: z.strictObject({ seq: z.number().int(), hash: z.string() }).nullable().describe('What it was written from.'),
  document: recordDocument,
});
export type LaunchReport = z.infer<typeof launchReport>;

export const release = z.strictObject({
  launch: z.string(),
  artifact: z.string(),
  version: z.string(),
  git: z.string().nullable().describe('Tag or commit; null: the plan names none.'),
  previousVersion: z.string().nullable().describe('What it found in production; null: not known.'),
  previousGit: z.string().nullable().describe('Tag or commit of the release before it; null: the log names none.'),
  deploys: z.boolean().describe('Whether it began to bring a version to production.'),
  startedAt: epochMs,
  inProductionAt: orUnknown,
});
export type Release = z.infer<typeof release>;

export const releaseList = z.strictObject({
  releases: z.array(release).describe('Newest first.'),
  omitted: z.number().int().min(0).describe('How many older launches were not looked at.'),
  unreadable: z.array(z.string()).describe('Ids of launches whose events cannot be read: they are not counted.'),
});
export type ReleaseList = z.infer<typeof releaseList>;

export const overviewRequest = z.strictObject({
  format: documentFormat.default('json'),
  language: language.optional().describe('Left out: as Accept-Language says.'),
  since: epochMs.optional().describe('Milliseconds since the epoch. Default: 90 days before now.'),
  commits: z
    .record(z.string().max(200), z.array(epochMs).max(MOST_COMMITS))
    .default({})
    .describe('When the commits of a launch were made, by its id. Default: {}: lead times are not known.'),
});
export type OverviewRequest = z.input<typeof overviewRequest>;
