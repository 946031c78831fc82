import { z } from 'zod';
import { jsonPath } from '../words.ts';

/** Not `CONNECT`, which asks for a tunnel, nor `TRACE`, which servers refuse. */
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const projection = z.strictObject({
  only: z
    .array(jsonPath())
    .min(1)
    .max(50)
    .optional()
    .describe(
      'JSON paths (RFC 9535) of what must agree; all else may differ. Default: the whole body. Example: ["$.items"].',
    ),
  ignore: z
    .array(jsonPath())
    .min(1)
    .max(50)
    .optional()
    .describe('JSON paths (RFC 9535) of what may differ, such as times and ids. Default: none. Example: ["$.now"].'),
});

/** What of two answers must agree. */
const compare = z.strictObject({
  body: z
    .union([z.literal('none'), projection])
    .optional()
    .describe('What of the bodies is compared; none: nothing. Default: all of them. Example: { ignore: ["$.now"] }.'),
});

/** How requests are copied to a version whose answers nobody sees. */
export const mirror = () =>
  z.strictObject({
    methods: z
      .array(z.enum(METHODS))
      .min(1)
      .max(METHODS.length)
      .optional()
      .describe(
        'Requests with these methods are copied. A copy is a second request: what changes something changes it twice. Default: [GET, HEAD].',
      ),
    compare: compare
      .optional()
      .describe(
        'What of two answers must agree, besides the status. Default: the whole body. Example: { body: none }.',
      ),
  });
