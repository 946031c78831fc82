import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What the plans of a team share of their messages. */
const MESSAGES_FILE = 'slipway.messages.yaml';

/** More folders than anybody has inside each other. */
const MOST_FOLDERS = 64;

/**
 * The team's file of messages for a plan (an absolute path): beside it, or in the nearest folder above it, up to the root of its
 * repository. Outside of one, only beside it. null: there is none. Relative to `cwd`.
 */
export function teamMessagesFile(plan: string, cwd: string): string | null {
  const folders = foldersUpToRoot(dirname(plan));
  const found = folders.map((folder) => join(folder, MESSAGES_FILE)).find((file) => existsSync(file));
  return found === undefined ? null : relative(cwd, found);
}

function foldersUpToRoot(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; folders.length < MOST_FOLDERS; at = dirname(at)) {
    if (at !== folder) folders.push(at);
    // In a linked work tree it is a file.
    if (existsSync(join(at, '.git'))) return folders;
    if (dirname(at) === at) break;
  }
  return [folder];
}
