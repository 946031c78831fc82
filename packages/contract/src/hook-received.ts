import { z } from 'zod';

/** What became of alerts that a program sent. */
export const hookReceived = z.strictObject({
  known: z.boolean().describe('It had been received before: nothing was done again.'),
  alerts: z.number().int().describe('Alerts that were read, those that are over included.'),
  launches: z.array(z.string()).describe('Launches in which one of them pulled a trigger.'),
});
export type HookReceived = z.infer<typeof hookReceived>;
