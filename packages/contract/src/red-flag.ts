import { z } from 'zod';

export const redFlag = z.strictObject({
  code: z.string().describe('Stable, such as SLW006.'),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string(),
  said: z.string().describe('What it is about in this plan.'),
  explanation: z.string().describe('Why it is dangerous, and what to do.'),
  link: z
    .string()
    .describe('Where more of it stands, from the root of the documentation: docs/explanation/red-flags.md#SLW006.'),
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  path: z.string().describe('Where in the document, e.g. phases[0].steps[2].undo.'),
  ignored: z
    .strictObject({ because: z.string(), until: z.string().describe('The last day, such as 2026-12-31.') })
    .nullable()
    .describe('The plan passes it over; null: it counts.'),
});
export type RedFlag = z.infer<typeof redFlag>;
