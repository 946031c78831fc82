import type { CommandEnd } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';

/** How a command ended, to follow its name: `exited with 3`. */
export function describeEnd(end: CommandEnd): string {
  switch (end.kind) {
    case 'exited':
      return `exited with ${end.code}`;
    case 'killed':
      return `was killed by ${end.signal}`;
    case 'timed-out':
      return `had not ended after ${formatDuration(end.afterMs)} and was ended`;
    case 'aborted':
      return 'was ended on our word';
    case 'not-started':
      return `could not be started: ${end.reason}`;
  }
}

/** The last line of an output that is not blank, at most 200 characters; empty where there is none. */
export function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? '').trim().slice(0, 200).toWellFormed();
}
