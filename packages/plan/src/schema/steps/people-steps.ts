import { z } from 'zod';
import { commonKeys } from '../common.ts';
import { name, title, tOffset } from '../words.ts';

export const signoffStep = z.strictObject({
  signoff: title().describe('What people say GO or NO-GO to. Example: go-no-go.'),
  by: z
    .record(name(), z.int().min(1).max(100))
    .refine((quorum) => Object.keys(quorum).length > 0, { error: 'expected at least one role, such as {tech-lead: 1}' })
    .describe('Role to the number of GOs it takes. Example: {release-manager: 1, tech-lead: 2}.'),
  ...commonKeys(),
});

export const taskStep = z.strictObject({
  task: title().describe('What a person does. Example: Support macros ready.'),
  owner: name().describe('The role that does it. Example: support-lead.'),
  proof: z
    .enum(['url', 'text', 'file'])
    .default('text')
    .describe('What shows that it is done. Default: text. Example: url.'),
  due: tOffset().optional().describe('When it is due, relative to T-0. Default: no due time. Example: T-30m.'),
  ...commonKeys(),
});
