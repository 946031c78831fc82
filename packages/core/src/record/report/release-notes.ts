import { type RecordDocument, type Section, tableOr } from '../document/document.ts';
import { withoutCommits } from './changelog.ts';
import { type Commit, commitItem } from './commits.ts';
import { timeOr } from './common-sections.ts';
import { type ReleaseFacts, releaseFacts } from './release-facts.ts';
import { missing, type ReportInput, type Say, sayIn } from './report-input.ts';

interface Group {
  readonly en: string;
  readonly fr: string;
  readonly holds: (commit: Commit) => boolean;
}

const isType =
  (...types: readonly string[]) =>
  (commit: Commit) =>
    types.includes(commit.type?.toLowerCase() ?? '');

/** Every commit stands in one of them, whatever its type. */
const GROUPS: readonly Group[] = [
  { en: 'Features', fr: 'Nouveautés', holds: isType('feat') },
  { en: 'Fixes', fr: 'Corrections', holds: isType('fix', 'security', 'sec') },
  { en: 'Performance', fr: 'Performance', holds: isType('perf') },
  { en: 'Reverts', fr: 'Annulations', holds: isType('revert') },
];

/** What is in a release, for those who use it, by the Conventional Commits since the release before. */
export function releaseNotes(input: ReportInput): RecordDocument {
  const { launch, commits, language } = input;
  const say = sayIn(language);
  const known = releaseFacts(launch, input.events);
  const { artifact, title } = launch.plan;
  return {
    kind: 'release-notes',
    language,
    level: 1,
    title: `${artifact.name} ${artifact.version}: ${title}`,
    result: availability(known, say),
    figures: {
      version: artifact.version,
      previousVersion: known.previousVersion,
      git: artifact.git,
      inProductionAt: known.inProductionAt,
      commits: commits === null ? null : commits.length,
      breaking: commits === null ? null : commits.filter(({ breaking }) => breaking).length,
    },
    sections: [releaseSection(input, known, say), ...(commits === null ? [withoutCommits(say)] : notes(commits, say))],
  };
}

/** Nothing is promised that production did not verify. */
function availability({ result, inProductionAt, reachedProduction }: ReleaseFacts, say: Say): string {
  if (result === 'rolled-back' || result === 'rollback-incomplete')
    return reachedProduction
      ? say('Taken back: this version is not available.', "Retirée : cette version n'est pas disponible.")
      : say('Not released.', 'Non publiée.');
  if (inProductionAt === null) return say('Not in production yet.', 'Pas encore en production.');
  return say('In production.', 'En production.');
}

function releaseSection({ launch }: ReportInput, known: ReleaseFacts, say: Say): Section {
  const rows = [
    ['Version', launch.plan.artifact.version],
    [say('Version before', "Version d'avant"), known.previousVersion ?? missing(say)],
    ['Git', launch.plan.artifact.git ?? missing(say)],
    [say('In production since', 'En production depuis'), timeOr(known.inProductionAt, say)],
  ];
  return tableOr(say('Release', 'Version'), { head: ['', ''], rows }, '');
}

function notes(commits: readonly Commit[], say: Say): readonly Section[] {
  const grouped = GROUPS.map(({ en, fr, holds }) => section(say(en, fr), commits.filter(holds)));
  const others = commits.filter((commit) => !GROUPS.some(({ holds }) => holds(commit)));
  const breaking = commits
    .filter((commit) => commit.breaking)
    .map((commit) => ({ ...commit, subject: commit.breakingNote === '' ? commit.subject : commit.breakingNote }));
  const sections = [
    ...section(say('Breaking changes', 'Ruptures de compatibilité'), breaking),
    ...grouped.flat(),
    ...section(say('Other changes', 'Autres changements'), others),
  ];
  if (sections.length > 0) return sections;
  const none = say('No commits since the version before.', "Aucun commit depuis la version d'avant.");
  return [{ heading: say('Changes', 'Changements'), blocks: [{ is: 'text', text: none }] }];
}

function section(heading: string, commits: readonly Commit[]): readonly Section[] {
  return commits.length === 0 ? [] : [{ heading, blocks: [{ is: 'list', items: commits.map(commitItem) }] }];
}
