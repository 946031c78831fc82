import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { requestUrl } from '../../http/http-keys.ts';

export const urlCheckSchema = z
  .strictObject({
    url: requestUrl('https://wiki.shop.example/macros')
      .max(2_000)
      .describe(
        'What is asked, with GET; at most 5 redirects are followed. Example: https://wiki.shop.example/macros.',
      ),
    status: z
      .int()
      .min(100)
      .max(599)
      .default(200)
      .describe('Status that the answer must have. Default: 200. Example: 204.'),
    contains: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe(
        'Text that must stand in the first megabyte of the answer, in the same letters. Default: none. Example: Approved.',
      ),
    private: z
      .boolean()
      .default(false)
      .describe(
        'Whether the address may be one of a private network, or of the machine itself. Default: false. Example: true.',
      ),
    timeout: duration({ min: 1 })
      .prefault('10s')
      .describe('How long the whole answer may take. Default: 10s. Example: 5s.'),
  })
  .describe('A URL that somebody gave, and what it must answer.');

export type UrlCheckConfig = z.infer<typeof urlCheckSchema>;
