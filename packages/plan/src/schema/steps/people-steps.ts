import { z } from 'zod';
import { commonKeys } from '../common.ts';
import { duration, name, title, tOffset } from '../words.ts';
import { proof } from './url-proof.ts';

export const signoffStep = z.strictObject({
  signoff: title().describe('What people say GO or NO-GO to. Example: go-no-go.'),
  by: z
    .record(name(), z.int().min(1).max(100))
    .refine((quorum) => Object.keys(quorum).length > 0, { error: 'expected at least one role, such as {tech-lead: 1}' })
    .refine((quorum) => Object.keys(quorum).length <= 20, { error: 'expected at most 20 roles' })
    .describe('Role to the number of GOs it takes. Example: {release-manager: 1, tech-lead: 2}.'),
  not: z
    .array(name())
    .min(1)
    .max(20)
    .optional()
    .describe(
      'Who has no vote here, whatever role they hold: author is who started the launch, any other word a role. Default: nobody. Example: [author].',
    ),
  distinct: z
    .boolean()
    .default(true)
    .describe(
      'Whether one person counts for one of the roles only, whichever is missing; false: for each that they hold. Default: true. Example: false.',
    ),
  expires: duration(1_000)
    .optional()
    .describe(
      'How old a GO may get: after that it falls, until what stands behind the sign-off has begun to change the world. Default: it stays. Example: 4h.',
    ),
  'asks-again': z
    .boolean()
    .default(true)
    .describe(
      'Whether the roles whose GO fell by its age are told, in the channels that "reach" names. Default: true. Example: false.',
    ),
  remind: duration(1_000)
    .optional()
    .describe(
      'Time after which those are reminded whose GO is missing, in the channels that "reach" names, while the launch goes on; for a day at most, and 48 times at most. Default: nobody is reminded. Example: 30m.',
    ),
  ...commonKeys(),
});

export const taskStep = z.strictObject({
  task: title().describe('What a person does. Example: Support macros ready.'),
  owner: name().describe('The role that does it. Example: support-lead.'),
  proof: proof(),
  due: tOffset().optional().describe('When it is due, relative to T-0. Default: no due time. Example: T-30m.'),
  'valid-for': duration(1_000)
    .optional()
    .describe(
      'How old its tick may be when a sign-off behind it opens, or the first step behind it begins to change something: an older one is open again, and its owner is told; an address that is asked is asked again instead. Default: it stays. Example: 24h.',
    ),
  ...commonKeys(),
});
