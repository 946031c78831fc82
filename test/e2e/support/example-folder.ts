import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './real-server.ts';

/** An example in a folder of its own, beside the shop that it launches. */
export interface ExampleFolder extends Disposable {
  readonly folder: string;
  /** Two above it, as in the repository. */
  readonly root: string;
  /** The text of a file of the example. */
  read(file: string): string;
}

export function copyExample(name: string): ExampleFolder {
  const root = mkdtempSync(join(tmpdir(), `slipway-${name}-`));
  for (const example of [name, 'shop'])
    cpSync(join(ROOT, 'examples', example), join(root, 'examples', example), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const folder = join(root, 'examples', name);
  return {
    folder,
    root,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Runs git in the example's folder, and gives what it printed. */
export type Git = (...argv: readonly string[]) => string;

/** The folder as a team has it: all of it committed by this person, and pushed to the main of a remote. */
export function underGit({ folder, root }: ExampleFolder, author: string): Git {
  const origin = join(root, 'origin.git');
  const git: Git = (...argv) => execFileSync('git', argv, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.email', author);
  git('config', 'user.name', author.split('@', 1)[0] ?? author);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'The release');
  git('init', '--quiet', '--bare', origin);
  git('remote', 'add', 'origin', origin);
  git('push', '--quiet', '--set-upstream', 'origin', 'main');
  return git;
}
