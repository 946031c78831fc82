import { z } from 'zod';

const ratio = z
  .enum(['server-errors', 'client-errors', 'mirror-differences'])
  .describe(
    'Share of all answers: server-errors are 5xx and requests without an answer, client-errors are 4xx. Or, while the new version gets copies of requests (a dark launch), mirror-differences: of the pairs of answers that were compared and the copies that were not answered, those that differ or were not answered. Example: server-errors.',
  );
const per = z
  .enum(['request', 'visitor'])
  .default('request')
  .describe(
    'What server-errors are counted by. visitor: of each visitor the first bad answer counts, whichever version gave it, and no answer after it, so that a user who tries again four times, or for whom nothing works, is one failure; it needs the router builtin with sticky: {cookie: NAME}, and a client that refuses cookies is another visitor each time. Example: visitor.',
  );
const quantile = z
  .number()
  .gt(0)
  .lt(1)
  .describe(
    'Latency at this quantile, in milliseconds: 0.99 is the 99th percentile. While the new version gets copies of requests, the old one is read for the same requests only. Example: 0.99.',
  );

const ofRatio = z
  .strictObject({ ratio, per })
  .refine((query) => query.per === 'request' || query.ratio === 'server-errors', {
    path: ['per'],
    error: 'only server-errors are counted per visitor: write ratio: server-errors, or leave per out',
  });

export const routerQuerySchema = z.union([ofRatio, z.strictObject({ quantile })], {
  error: 'give either ratio: server-errors | client-errors | mirror-differences, or quantile: a number between 0 and 1',
});

export type RouterQuery = z.infer<typeof routerQuerySchema>;
