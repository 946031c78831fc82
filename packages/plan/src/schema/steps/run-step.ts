import { z } from 'zod';
import { argv, attempts, directory, environmentVariables, timeout } from '../command.ts';
import { commonKeys } from '../common.ts';
import { name, title } from '../words.ts';

const undoCommand = z.strictObject({
  command: argv().describe('The command that takes it back: a list of words. Example: [npm, run, migrate, down].'),
  timeout: timeout('10m'),
  env: environmentVariables().optional(),
  directory: directory().optional(),
});

const noUndo = z.strictObject({
  none: title().describe(
    'Why there is no way back, as people read it before they say GO. Example: mails cannot be unsent.',
  ),
});

export const runStep = z.strictObject({
  run: title().describe('What the command does, as people say it. Example: Build the shop.'),
  command: argv().describe('The command as a list of words, without a shell. Example: [npm, run, build].'),
  effect: z
    .enum(['read-only', 'executive'])
    .describe('read-only: it changes nothing outside its folder; executive: it changes the world and needs an undo.'),
  timeout: timeout('10m'),
  attempts: attempts(1),
  env: environmentVariables().optional(),
  directory: directory().optional(),
  environment: name()
    .optional()
    .describe('The environment it touches; left out, an executive command counts as production. Example: staging.'),
  confirm: title()
    .optional()
    .describe('A phrase that a person must type before it runs. Example: delete production data.'),
  verify: argv()
    .optional()
    .describe('Asked after a crash whether it was done: exit 0 yes, 1 no, else unknown. Example: [./migrated.sh].'),
  idempotent: z
    .boolean()
    .default(false)
    .describe('Whether running it twice does no more than running it once. Default: false. Example: true.'),
  undo: z
    .union([undoCommand, noUndo])
    .optional()
    .describe(
      'The way back of an executive command: a command, or none with the reason. Example: {command: [./down.sh]}.',
    ),
  ...commonKeys(),
});
