import { z } from 'zod';
import { argv, commandKeys } from '../../commands/command-keys.ts';
import { freshSetting } from '../common/fresh-setting.ts';
import { gaugeUnit, NO_VALUE } from '../common/gauge-unit.ts';
import { readTimeout } from '../common/read-timeout.ts';

export const commandQuerySchema = z
  .strictObject({
    argv: argv().describe(
      'Program and arguments, one item each; no shell reads them. {version} stands for the version that is read. Example: [./count.sh, "{version}"].',
    ),
    directory: commandKeys.directory,
    env: commandKeys.env,
    value: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe(
        'For a gauge, a number that stands for itself: the key that holds it in what the program prints, in place of bad and total. Default: none, it prints counts. Example: memory.',
      ),
    unit: gaugeUnit(),
    fresh: freshSetting('How old the counts or the value may be where the program prints "at".'),
    timeout: readTimeout(),
  })
  .refine(({ value, unit }) => unit === undefined || value !== undefined, NO_VALUE)
  .describe(
    'Runs a program once for each version; on a line of its own it prints {"bad": 3, "total": 1000}, cumulative counts of the version in SLIPWAY_VERSION. "at" (when they were counted) and "boot" (changes when counts restart) may stand beside them. For a gauge it prints {"memory": 734003200}, with value: memory.',
  );

export type CommandQuery = z.infer<typeof commandQuerySchema>;
