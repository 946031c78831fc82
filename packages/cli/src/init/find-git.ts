import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Project } from './project.ts';

const run = promisify(execFile);
const PATIENCE_MS = 5_000;

/** An e-mail as the plan language wants people: an id without spaces. */
const PERSON = /^\S{1,200}$/;

/** Who works here and on which branch; null outside of a repository or without git. */
export async function findGit(folder: string): Promise<Project['git']> {
  if ((await ask(folder, 'rev-parse', '--is-inside-work-tree')) !== 'true') return null;
  const email = await ask(folder, 'config', 'user.email');
  return {
    email: email !== null && PERSON.test(email) ? email : null,
    branch: await ask(folder, 'symbolic-ref', '--short', 'HEAD'),
  };
}

async function ask(folder: string, ...args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await run('git', args, { cwd: folder, timeout: PATIENCE_MS });
    return stdout.trim() === '' ? null : stdout.trim();
  } catch {
    return null;
  }
}
