import type { Pen } from './pen.ts';

/** How the server joins two ways to act, in its languages. */
const EITHER = / {2,}(?:or|ou) {2,}/;

/** The commands that are proposed, each as it can be copied: alternatives apart, the launch named where that is needed. */
export function commandsOf(how: string, pen: Pen): string[] {
  return how
    .split(EITHER)
    .flatMap((command) => outcomes(command))
    .map((command) => pen.clean(command))
    .filter((command) => command !== '')
    .map((command) => command.replace(/--reason (?:…|\.\.\.)/, `--reason "${pen.m.wayBack.why}"`))
    .map((command) => (command.includes(' --launch ') ? command : `${command}${pen.screen.launchFlag}`));
}

/** `done|not-done` in a shell is a pipe into a program that does not exist. */
function outcomes(command: string): string[] {
  const both = ' done|not-done ';
  return command.includes(both) ? [' done ', ' not-done '].map((one) => command.replace(both, one)) : [command];
}
