import { z } from 'zod';

/** The schemas of OFREP 0.3's openapi.yaml, in our words. Its reasons lack DEFAULT, which its own decision 6 answers with. */
const reason = z.enum(['STATIC', 'TARGETING_MATCH', 'SPLIT', 'DISABLED', 'UNKNOWN', 'DEFAULT']);
const metadata = z.record(z.string(), z.union([z.boolean(), z.string(), z.number()]));
const value = z.union([z.boolean(), z.string(), z.number(), z.record(z.string(), z.unknown())]);

export const evaluationSuccess = z.strictObject({
  key: z.string(),
  reason,
  value: value.optional(),
  variant: z.string().optional(),
  metadata: metadata.optional(),
});

export const evaluationFailure = z.strictObject({
  key: z.string(),
  errorCode: z.enum(['PARSE_ERROR', 'TARGETING_KEY_MISSING', 'INVALID_CONTEXT', 'GENERAL', 'FLAG_NOT_FOUND']),
  errorDetails: z.string().optional(),
  metadata: metadata.optional(),
});

export const bulkEvaluationFailure = z.strictObject({ errorCode: z.string(), errorDetails: z.string().optional() });

const eventStream = z
  .strictObject({
    type: z.string(),
    url: z.url().optional(),
    endpoint: z.strictObject({ origin: z.url().optional(), requestUri: z.string().regex(/^\//) }).optional(),
    inactivityDelaySec: z.int().min(1).optional(),
  })
  .refine(({ url, endpoint }) => (url === undefined) !== (endpoint === undefined));

export const bulkEvaluationSuccess = z.strictObject({
  flags: z.array(z.union([evaluationSuccess, evaluationFailure])),
  metadata: metadata.optional(),
  eventStreams: z.array(eventStream).optional(),
});
