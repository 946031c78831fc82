import { z } from 'zod';

export const envFileCheckSchema = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .describe("The environment file, relative to the launch plan's folder. Example: env/.env.prod."),
    keys: z
      .array(z.string().min(1))
      .min(1)
      .max(1000)
      .describe('Keys that the file must have. Their values are never shown. Example: [DATABASE_URL, MAIL_FROM].'),
    'not-empty': z.boolean().default(true).describe('Whether an empty value counts as missing. Example: false.'),
  })
  .describe('An environment file has these keys; values are never shown.');

export type EnvFileCheckConfig = z.infer<typeof envFileCheckSchema>;
