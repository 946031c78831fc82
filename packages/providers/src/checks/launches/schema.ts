import { duration } from '@slipway/provider-kit';
import { z } from 'zod';

const INCIDENTS = ['rollback', 'page', 'hold'] as const;

/** A template may stand in it. */
const NAME = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*|.*\{\{.*)$/;

const name = () =>
  z
    .string()
    .max(200)
    .refine((text) => NAME.test(text), { error: 'write a name as a plan has it, like shop-staging' });

export const launchesCheckSchema = z
  .strictObject({
    launch: name().optional().describe('Name of the plan that was launched. Default: any plan. Example: shop-staging.'),
    same: z
      .enum(['artifact', 'product', 'plan'])
      .default('artifact')
      .describe(
        'What it has in common with this launch. artifact: name and version, and the tag or commit where this plan names one; product: the name alone; plan: artifact and digest of the plan. Default: artifact. Example: product.',
      ),
    ended: z
      .enum(['completed', 'rolled-back'])
      .optional()
      .describe(
        'How it ended; one that was called off on staging counts as rolled-back. Default: completed, with way-back rolled-back. Example: completed.',
      ),
    'way-back': z
      .literal('verified')
      .optional()
      .describe(
        'It went back, and a look at the environment found the version before serving alone. A way back to nothing does not count. Default: it does not matter. Example: verified.',
      ),
    tier: z
      .enum(['staging', 'production'])
      .optional()
      .describe(
        'Tier of the environment in which its version served, or came back from. Default: any. Example: staging.',
      ),
    environment: name()
      .optional()
      .describe('That environment, as its plan calls it. Default: any. Example: staging-eu.'),
    within: duration({ min: 1000 }).describe('How long ago it may have ended. Example: 14d.'),
    without: z
      .array(z.enum(INCIDENTS))
      .max(INCIDENTS.length)
      .default([])
      .describe(
        'What must not have happened in it: it turned back (rollback), called the people on call (page), was held (hold). Example: [rollback, page, hold].',
      ),
    lasted: duration({ min: 1000 })
      .optional()
      .describe(
        'How long it went on at least from when its version was verified to serve until its end. Default: any time. Example: 48h.',
      ),
  })
  .refine((given) => given['way-back'] === undefined || given.ended !== 'completed', {
    error: 'a launch that went back has not completed: leave ended out, or way-back',
    path: ['ended'],
  })
  .refine(
    (given) =>
      !given.without.includes('rollback') || (given['way-back'] === undefined && given.ended !== 'rolled-back'),
    { error: 'one that is to have gone back cannot be without rollback: leave one of them out', path: ['without'] },
  )
  .describe('Another launch on this server proves it: by its own record, of which the chain is verified first.');

export type LaunchesCheckConfig = z.infer<typeof launchesCheckSchema>;
