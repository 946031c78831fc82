/** A commit as Conventional Commits 1.0.0 reads it. */
export interface Commit {
  /** Hexadecimal, whole or short. */
  readonly hash: string;
  /** Epoch ms at which it was committed. */
  readonly at: number;
  /** `feat`, `fix`, …; null: its message is not of that form. */
  readonly type: string | null;
  readonly scope: string | null;
  readonly subject: string;
  readonly breaking: boolean;
  /** What it says of what breaks; '' where it says nothing. */
  readonly breakingNote: string;
  /** Issues that it names, such as `#42`. */
  readonly references: readonly string[];
}

/** Groups of Keep a Changelog 1.1.0, in its order. */
export const CHANGE_GROUPS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'] as const;
export type ChangeGroup = (typeof CHANGE_GROUPS)[number];

const GROUP_OF: ReadonlyMap<string, ChangeGroup> = new Map([
  ['feat', 'Added'],
  ['fix', 'Fixed'],
  ['perf', 'Changed'],
  ['refactor', 'Changed'],
  ['change', 'Changed'],
  ['deprecate', 'Deprecated'],
  ['remove', 'Removed'],
  ['revert', 'Removed'],
  ['security', 'Security'],
  ['sec', 'Security'],
]);

/** Where a commit stands in a change log; null: it changes nothing that users notice, or does not say what it is. */
export function changeGroup({ type, scope, breaking }: Commit): ChangeGroup | null {
  const group = GROUP_OF.get(type?.toLowerCase() ?? '') ?? null;
  if (group === 'Fixed' && scope?.toLowerCase() === 'security') return 'Security';
  return group ?? (breaking ? 'Changed' : null);
}

/** A commit in a line: what it is about, what it does, and where to look. */
export function commitItem({ hash, scope, subject, references }: Commit): { lead: string | null; text: string } {
  const where = [hash.slice(0, 8), ...references].filter((each) => each !== '').join(', ');
  return { lead: scope === null || scope === '' ? null : `${scope}:`, text: `${subject} (${where})` };
}
