import { z } from 'zod';
import { argv, commandKeys } from '../../commands/command-keys.ts';
import { freshSetting } from '../common/fresh-setting.ts';
import { readTimeout } from '../common/read-timeout.ts';

export const commandQuerySchema = z
  .strictObject({
    argv: argv().describe(
      'Program and arguments, one item each; no shell reads them. {version} stands for the version that is read. Example: [./count.sh, "{version}"].',
    ),
    directory: commandKeys.directory,
    env: commandKeys.env,
    fresh: freshSetting('How old the counts may be where the program prints "at".'),
    timeout: readTimeout(),
  })
  .describe(
    'Runs a program once for each version; on a line of its own it prints {"bad": 3, "total": 1000}, cumulative counts of the version in SLIPWAY_VERSION. "at" (when they were counted) and "boot" (changes when counts restart) may stand beside them.',
  );

export type CommandQuery = z.infer<typeof commandQuerySchema>;
