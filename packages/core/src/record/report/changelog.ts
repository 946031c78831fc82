import type { ListItem, RecordDocument, Section } from '../document/document.ts';
import { utcTime } from '../iso-time.ts';
import { CHANGE_GROUPS, changeGroup, type ChangeGroup, type Commit, commitItem } from './commits.ts';
import { releaseFacts } from './release-facts.ts';
import { type ReportInput, type Say, sayIn } from './report-input.ts';

const FRENCH: Readonly<Record<ChangeGroup, string>> = {
  Added: 'Ajouté',
  Changed: 'Modifié',
  Deprecated: 'Obsolète',
  Removed: 'Supprimé',
  Fixed: 'Corrigé',
  Security: 'Sécurité',
};

/**
 * The entry of a release in a change log of the form of Keep a Changelog 1.1.0. What is not in production stands under Unreleased,
 * what was taken back is marked as yanked. The date is that of production, in UTC.
 */
export function changelogEntry(input: ReportInput): RecordDocument {
  const { launch, commits, language } = input;
  const say = sayIn(language);
  const known = releaseFacts(launch, input.events);
  const { version } = launch.plan.artifact;
  const yanked = known.reachedProduction && (known.result === 'rolled-back' || known.result === 'rollback-incomplete');
  const at = known.inProductionAt ?? (yanked ? known.endedAt : null);
  const listed = (commits ?? []).filter((commit) => changeGroup(commit) !== null);
  return {
    kind: 'changelog',
    language,
    level: 2,
    title: titleOf({ version, at, yanked }, say),
    result: null,
    figures: {
      version,
      releasedAt: at,
      yanked,
      commits: commits === null ? null : commits.length,
      listed: commits === null ? null : listed.length,
    },
    sections: commits === null ? [withoutCommits(say)] : sectionsOf(commits, say),
  };
}

interface Release {
  readonly version: string;
  readonly at: number | null;
  readonly yanked: boolean;
}

function titleOf({ version, at, yanked }: Release, say: Say): string {
  if (at === null) return `[${say('Unreleased', 'Non publié')}]`;
  return `[${version}] - ${utcTime(at).slice(0, 10)}${yanked ? ' [YANKED]' : ''}`;
}

/** Shown as missing by both documents that are made of commits. */
export function withoutCommits(say: Say): Section {
  const words = say(
    'Missing: no commits were given. Run it in the repository, or name it with --repository.',
    'Manquant : aucun commit donné. Lancez la commande dans le dépôt, ou nommez-le avec --repository.',
  );
  return { heading: say('Changes', 'Changements'), blocks: [{ is: 'text', text: words }] };
}

function sectionsOf(commits: readonly Commit[], say: Say): readonly Section[] {
  const sections = CHANGE_GROUPS.flatMap((group): readonly Section[] => {
    const items = commits.filter((commit) => changeGroup(commit) === group).map((commit) => entry(commit, say));
    return items.length === 0 ? [] : [{ heading: say(group, FRENCH[group]), blocks: [{ is: 'list', items }] }];
  });
  if (sections.length > 0) return sections;
  const none = say(
    'None of the commits says that it changes something.',
    "Aucun commit ne dit qu'il change quelque chose.",
  );
  return [{ heading: say('Changes', 'Changements'), blocks: [{ is: 'text', text: none }] }];
}

function entry(commit: Commit, say: Say): ListItem {
  const item = commitItem(commit);
  const lead = commit.breaking ? `${say('BREAKING', 'RUPTURE')} ${item.lead ?? ''}`.trim() : item.lead;
  const note = commit.breaking && commit.breakingNote !== '' ? ` ${commit.breakingNote}` : '';
  return { lead, text: `${item.text}${note}` };
}
