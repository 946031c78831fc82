import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A real repository: each word of a message that begins with `tag:` tags the commit and is taken out. Times in seconds, one hour apart. */
export function makeRepository(folder: string, messages: readonly string[]): void {
  const git = (at: number, ...args: readonly string[]): void => {
    const date = `${1_700_000_000 + at * 3_600} +0000`;
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: '/dev/null' };
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@x', '-c', 'commit.gpgsign=false', ...args], {
      cwd: folder,
      stdio: 'ignore',
      env,
    });
  };
  git(0, 'init', '-b', 'main');
  messages.forEach((message, at) => {
    const tags = [...message.matchAll(/tag:(\S+)/g)].map(([, tag = '']) => tag);
    writeFileSync(join(folder, 'file'), String(at));
    git(at, 'add', 'file');
    git(at, 'commit', '-m', message.replaceAll(/tag:\S+/g, '').trim());
    for (const tag of tags) git(at, 'tag', tag);
  });
}
