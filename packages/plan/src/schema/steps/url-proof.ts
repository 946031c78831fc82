import { z } from 'zod';

const PROOFS = ['url', 'text', 'file', 'value', 'screenshot'] as const;

const urlProof = z.strictObject({
  status: z
    .int()
    .min(100)
    .max(599)
    .default(200)
    .describe('Status that the address must answer with. Default: 200. Example: 204.'),
  contains: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .describe(
      'Text that must stand in the first megabyte of its answer, a template. Default: none. Example: Release {{ artifact.version }} approved.',
    ),
  private: z
    .boolean()
    .default(false)
    .describe(
      'Whether the address may be one of a private network, or of the machine of the server. Default: false. Example: true.',
    ),
});

/** What shows that a task is done. */
export const proof = () =>
  z
    .union([
      z.enum(PROOFS),
      z.strictObject({
        url: urlProof.describe(
          'The address is asked by the server, and the tick counts only once it answers as wanted. Example: {status: 200, contains: Approved}.',
        ),
      }),
    ])
    .default('text')
    .describe(
      'What shows that it is done: an address, a few words, the name of a file, a figure that was read, or where the picture of a screen is; {url: …} is an address that the server asks. Default: text. Example: {url: {contains: Approved}}.',
    );
