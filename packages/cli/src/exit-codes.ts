import type { LaunchView } from '@slipway/contract';

/** How `slipway` ends, for scripts and CI. The words are in the messages, under the same names. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  refused: 3,
  held: 4,
  scrubbed: 5,
  rolledBack: 6,
  incomplete: 7,
  left: 130,
  /** What a shell says of a program that wrote into a closed pipe: 128 + SIGPIPE. */
  cutOff: 141,
} as const;

export type ExitName = keyof typeof EXIT;
export type ExitCode = (typeof EXIT)[ExitName];

/** The code of a launch's ending; null while it goes on. An incomplete way back is an ending: a person is needed. */
export function endingCode(state: LaunchView['state']): ExitCode | null {
  switch (state) {
    case 'running':
    case 'held':
    case 'turning-back':
      return null;
    case 'completed':
      return EXIT.ok;
    case 'scrubbed':
      return EXIT.scrubbed;
    case 'rolled-back':
      return EXIT.rolledBack;
    case 'rollback-incomplete':
      return EXIT.incomplete;
  }
}
