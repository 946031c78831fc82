import { z } from 'zod';

/** The console has nothing to configure. */
export const consoleChannelSchema = z.strictObject({});

export type ConsoleChannelConfig = z.infer<typeof consoleChannelSchema>;
