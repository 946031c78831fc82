import { z } from 'zod';

export const fileChannelSchema = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .describe(
        "Markdown file to append to, relative to the launch plan's folder. Made where it does not exist. Example: announcements.md.",
      ),
  })
  .describe('Appends to a Markdown file.');

export type FileChannelConfig = z.infer<typeof fileChannelSchema>;
