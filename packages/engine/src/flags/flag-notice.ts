/** Changes are told by the names of launches, none of which holds a slash. */
const PREFIX = 'flags/';

/** What a change of a flag set is told by. */
export function flagNotice(set: string): string {
  return `${PREFIX}${set}`;
}

/** null: it is not a flag set that changed. */
export function setOfNotice(changed: string): string | null {
  return changed.startsWith(PREFIX) ? changed.slice(PREFIX.length) : null;
}
