import { type GitCall, hasOption } from './git-words.ts';
import { isLike } from './glob.ts';

const MAIN: readonly string[] = ['main', 'master'];
/** What only the shell or the launch knows. */
const UNKNOWN = /[$`*?]|\{\{|\{%|@\{/;

/** Why nobody may call git so; null: they may. `tags`: globs of tags that the plan checks. */
export function forbiddenGit(call: GitCall, tags: readonly string[]): string | null {
  if (call.verb === 'commit' && hasOption(call, 'no-verify', 'n')) return GUARDS;
  if (call.config.some((each) => /^core\.hookspath=/i.test(each))) return GUARDS;
  if (call.verb === 'push') return forbiddenPush(call, tags);
  return call.verb === 'tag' ? forbiddenTag(call, tags) : null;
}

export const GUARDS = 'it switches guards off';

function forbiddenPush(call: GitCall, tags: readonly string[]): string | null {
  const refs = call.words.slice(1);
  if (hasOption(call, 'mirror', null)) return 'a mirrored push overwrites and deletes every branch and tag';
  const isForced = hasOption(call, 'force', 'f') || hasOption(call, 'force-with-lease', null);
  // By its settings a push that names nothing may mean main.
  if (isForced && (refs.length === 0 || hasOption(call, 'all', null)))
    return 'a forced push that names no branch may overwrite main: name the branch';
  const isDelete = hasOption(call, 'delete', 'd');
  return refs.map((ref) => forbiddenRef(ref, { isForced, isDelete, tags })).find((why) => why !== null) ?? null;
}

interface Pushing {
  readonly isForced: boolean;
  readonly isDelete: boolean;
  readonly tags: readonly string[];
}

function forbiddenRef(ref: string, { isForced, isDelete, tags }: Pushing): string | null {
  const forces = isForced || ref.startsWith('+');
  const [from = '', to = from] = ref.replace(/^\+/, '').split(':');
  const deletes = isDelete || (from === '' && to !== '');
  if (!forces && !deletes) return null;
  const name = to.replace(/^refs\/(heads|tags)\//, '');
  const isMain = MAIN.includes(name) || name === 'HEAD' || UNKNOWN.test(name);
  const isTag = !to.startsWith('refs/heads/') && isValidated(name, tags);
  if (isTag) return `it ${deletes ? 'deletes' : 'moves'} the tag ${name}, which this plan checks`;
  if (to.startsWith('refs/tags/') || !isMain) return null;
  return deletes ? `it deletes ${name}` : `it overwrites ${name}`;
}

function forbiddenTag(call: GitCall, tags: readonly string[]): string | null {
  const deletes = hasOption(call, 'delete', 'd');
  const moves = hasOption(call, 'force', 'f');
  if (!deletes && !moves) return null;
  const found = call.words.find((name) => isValidated(name, tags));
  return found === undefined ? null : `it ${deletes ? 'deletes' : 'moves'} the tag ${found}, which this plan checks`;
}

/** Unknown never means safe: a name that is only known later may be any of them. */
function isValidated(name: string, tags: readonly string[]): boolean {
  return tags.length > 0 && (UNKNOWN.test(name) || tags.some((tag) => isLike(name, tag)));
}
