import { z } from 'zod';

const ratio = z
  .enum(['server-errors', 'client-errors', 'mirror-differences'])
  .describe(
    'Share of all answers: server-errors are 5xx and requests without an answer, client-errors are 4xx. Or, while the new version gets copies of requests (a dark launch), mirror-differences: of the pairs of answers that were compared and the copies that were not answered, those that differ or were not answered. Example: server-errors.',
  );
const quantile = z
  .number()
  .gt(0)
  .lt(1)
  .describe(
    'Latency at this quantile, in milliseconds: 0.99 is the 99th percentile. While the new version gets copies of requests, the old one is read for the same requests only. Example: 0.99.',
  );

export const routerQuerySchema = z.union([z.strictObject({ ratio }), z.strictObject({ quantile })], {
  error: 'give either ratio: server-errors | client-errors | mirror-differences, or quantile: a number between 0 and 1',
});

export type RouterQuery = z.infer<typeof routerQuerySchema>;
