import { z } from 'zod';

/** The console has nothing to configure. */
export const consoleChannelSchema = z
  .strictObject({})
  .describe("Writes to the server's standard output; nothing to configure.");

export type ConsoleChannelConfig = z.infer<typeof consoleChannelSchema>;
