import { z } from 'zod';

/** What is asked before a strategy is recommended. */
export const adviceRequest = z.strictObject({
  change: z
    .enum(['feature', 'migration', 'config'])
    .describe('What is launched: a feature, a change of data or schema, or one of infrastructure or settings.'),
  users: z.number().int().min(0).max(1e10).describe('How many people use it.'),
  traffic: z.number().min(0).max(1e9).describe('Requests that production answers a second.'),
  reversible: z.boolean().describe('Whether the old version still runs after the change.'),
  instances: z.number().int().min(1).max(1e6).describe('Instances that serve production.'),
  router: z.boolean().describe('Whether something can split the traffic between two versions.'),
  flags: z.boolean().describe('Whether the code has feature flags.'),
  risk: z.enum(['low', 'high']).describe('high: a failure hurts the business at once.'),
  audience: z.enum(['b2c', 'b2b']),
  compliance: z
    .boolean()
    .default(false)
    .describe('Whether rules ask for one whole version at a time, with a way back at once.'),
  loadUnproven: z
    .boolean()
    .default(false)
    .describe('Whether it has to be seen first how it bears the load of production.'),
  fixedDate: z
    .boolean()
    .default(false)
    .describe('Whether a fair, a law or a campaign sets the date on which all have it.'),
});
export type AdviceRequest = z.input<typeof adviceRequest>;

export const advice = z.strictObject({
  strategy: z.enum(['rolling', 'canary', 'blue-green', 'dark-launch', 'flag', 'big-bang', 'deploy']),
  title: z.string(),
  rules: z
    .array(z.strictObject({ rule: z.string().describe('Its name, stable.'), because: z.string() }))
    .describe('Why, in the order in which they were asked.'),
  notes: z.array(z.string()).describe('What else to do.'),
  fragment: z.string().describe('A launch plan to begin with, as YAML, that can be validated.'),
});
export type Advice = z.infer<typeof advice>;
