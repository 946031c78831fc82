import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The world that launches change: one line for each deed. `outlive` ignores that nobody reads its words any more, and does its
 * deed when whoever started it may be long dead.
 */
const SCRIPT = `case $1 in
  was-done) test -e world.log || exit 1; grep -qxF "do $2" world.log; exit $? ;;
  outlive) trap '' PIPE; echo "begin $2" >> world.log; echo "begins $2"; sleep 0.8; echo "do $2" >> world.log; echo "ends $2" ;;
  *) echo "begins $2"; echo "$1 $2" >> world.log; echo "ends $2" ;;
esac
`;

/** Tells who it is, and answers whoever asks. */
const APP = `import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
appendFileSync('apps.log', process.pid + '\\n');
createServer((_, answer) => answer.end()).listen(process.env.PORT, process.env.HOST);
`;

/** Folder of the plan and of the world, beside the server's data. */
export function makeWorld(folder: string): void {
  mkdirSync(planFolder(folder), { recursive: true });
  writeFileSync(join(planFolder(folder), 'world.sh'), SCRIPT);
  writeFileSync(join(planFolder(folder), 'app.mjs'), APP);
}

export function planFolder(folder: string): string {
  return join(folder, 'plan');
}

/** The server's own. */
export function dataFolder(folder: string): string {
  return join(folder, 'data');
}

/** What can be seen in the world: deeds, and `begin STEP` where work that takes long has begun. */
export function sights(folder: string): readonly string[] {
  return linesOf(folder, 'world.log');
}

/** `do STEP` and `undo STEP`, in the order in which they happened. */
export function deeds(folder: string): readonly string[] {
  return sights(folder).filter((sight) => !sight.startsWith('begin '));
}

/** The marks of the messages that were sent. */
export function messages(folder: string): readonly string[] {
  return linesOf(folder, 'messages.md').filter((line) => line.startsWith('<!-- slipway message'));
}

/** Processes that launches started to serve, dead or alive. */
export function apps(folder: string): readonly number[] {
  return linesOf(folder, 'apps.log').map(Number);
}

/** How many of them are alive. */
export function serving(folder: string): number {
  return apps(folder).filter(isAlive).length;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function linesOf(folder: string, file: string): readonly string[] {
  const text = readFileSync(join(planFolder(folder), file), { encoding: 'utf8', flag: 'a+' });
  return text.split('\n').filter((line) => line !== '');
}
