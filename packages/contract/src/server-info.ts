import { z } from 'zod';

export const serverInfo = z.strictObject({
  name: z.literal('slipway'),
  version: z.string(),
  workspace: z.string().describe('Folder under which plans must lie.'),
  person: z.string().describe('Who you are to this server.'),
  role: z.enum(['viewer', 'member', 'operator', 'admin']),
});
export type ServerInfo = z.infer<typeof serverInfo>;

/** Every refusal looks like this. */
export const apiError = z.strictObject({
  code: z.enum([
    'not-found',
    'not-allowed',
    'not-now',
    'conflict',
    'wrong-input',
    'unauthenticated',
    'too-large',
    'too-many',
    'unavailable',
    'internal',
  ]),
  message: z.string().describe('One line: what is wrong and what to do.'),
  problems: z.array(z.string()).optional().describe('Every problem, one line each.'),
});
export type ApiError = z.infer<typeof apiError>;
