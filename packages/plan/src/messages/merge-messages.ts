import type { WrittenMessages } from './read-team-messages.ts';

interface Sources {
  /** undefined: the plan says nothing of messages. */
  readonly plan: WrittenMessages | undefined;
  /** Keys that the plan writes itself: of the others it has the defaults. */
  readonly written: readonly string[];
  readonly team: WrittenMessages;
}

/** Links, words and templates name by name, everything else key by key: the plan's before the team's. */
export function mergeMessages({ plan, written, team }: Sources): WrittenMessages {
  if (plan === undefined) return team;
  const dedup = plan.dedup ?? team.dedup;
  return {
    language: written.includes('language') ? plan.language : team.language,
    links: { ...team.links, ...plan.links },
    words: { ...team.words, ...plan.words },
    templates: { ...team.templates, ...plan.templates },
    quiet: written.includes('quiet') ? plan.quiet : team.quiet,
    ...(dedup === undefined ? {} : { dedup }),
  };
}
