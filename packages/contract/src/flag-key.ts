import { z } from 'zod';

const kind = z
  .enum(['server', 'client'])
  .describe("server: may also read definitions. client: is in everybody's browser; evaluates and reports only.");

export const evaluationKeyRequest = z.strictObject({ kind });
export type EvaluationKeyRequest = z.infer<typeof evaluationKeyRequest>;

/** A key with which applications ask for flags. */
export const evaluationKey = z.strictObject({
  id: z.string(),
  set: z.string(),
  kind,
  createdBy: z.string(),
  createdAt: z.number().int().describe('Milliseconds since the epoch.'),
});
export type EvaluationKey = z.infer<typeof evaluationKey>;

export const evaluationKeyCreated = evaluationKey.extend({
  key: z.string().describe('Shown once; only its hash is kept.'),
});
export type EvaluationKeyCreated = z.infer<typeof evaluationKeyCreated>;
