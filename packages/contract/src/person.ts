import { z } from 'zod';

/** viewer: looks. member: votes and does tasks where the plan gives the role. operator: starts, holds, rolls back, skips. admin: also tokens. */
export const accessRole = z.enum(['viewer', 'member', 'operator', 'admin']);
export type AccessRole = z.infer<typeof accessRole>;

export const tokenRequest = z.strictObject({
  person: z.string().trim().min(1).max(200).describe('As the plans name them, usually an e-mail address.'),
  role: accessRole,
});
export const tokenInfo = z.strictObject({
  id: z.string(),
  person: z.string(),
  role: accessRole,
  createdAt: z.number().int(),
});
export const tokenCreated = tokenInfo.extend({ token: z.string().describe('Shown once; only its hash is kept.') });
export type TokenRequest = z.infer<typeof tokenRequest>;
export type TokenInfo = z.infer<typeof tokenInfo>;
export type TokenCreated = z.infer<typeof tokenCreated>;
