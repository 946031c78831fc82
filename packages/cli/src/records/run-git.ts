import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Milliseconds, and bytes of output, after which git is given up. */
const PATIENCE_MS = 30_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Runs git without a shell in a folder, bounded in time and output. Rejects where it fails; nothing in it writes or asks. */
export async function runGit(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['--no-pager', ...args], {
    cwd: folder,
    timeout: PATIENCE_MS,
    maxBuffer: MOST_BYTES,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
  });
  return stdout;
}

/** Whether the folder lies in a git repository. */
export async function isRepository(folder: string): Promise<boolean> {
  return runGit(folder, ['rev-parse', '--git-dir']).then(
    () => true,
    () => false,
  );
}

/** The commit that a tag, a branch or a commit's name stands for; null: there is none, or it is no name. */
export async function commitOf(folder: string, ref: string): Promise<string | null> {
  // A name with a dash in front would be an option, one with dots a range.
  if (ref === '' || ref.startsWith('-') || ref.includes('..')) return null;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const found = await runGit(folder, args).catch(() => '');
  return /^[0-9a-f]{40,64}$/.test(found.trim()) ? found.trim() : null;
}

/** The newest tag in front of a commit; null: there is none. */
export async function tagBefore(folder: string, commit: string): Promise<string | null> {
  const found = await runGit(folder, ['describe', '--tags', '--abbrev=0', `${commit}^`]).catch(() => '');
  return found.trim() === '' ? null : found.trim();
}
