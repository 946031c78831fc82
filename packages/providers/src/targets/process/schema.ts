import { duration, setting } from '@slipway/provider-kit';
import { z } from 'zod';

const hour = 3_600_000;
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'write the name of an environment variable' });

const ready = z
  .strictObject({
    path: z
      .string()
      .startsWith('/')
      // Node refuses to send anything else, and would throw where it should say "not ready".
      .regex(/^[!-~]*$/, { error: 'may hold no space and no letter beyond ASCII: write %20 for a space' })
      .max(1_000)
      .default('/healthz')
      .describe('Path that is asked until it answers. Example: /ready.'),
    status: z
      .int()
      .min(200)
      .max(599)
      .default(200)
      .describe('The status that says that the instance is ready. Example: 204.'),
    timeout: duration({ min: 1, max: hour })
      .prefault('30s')
      .describe('How long an instance may take to get ready, at most 1h. Example: 2m.'),
  })
  .prefault({});

/** The keys of a `process` target in the launch plan. */
export const processSchema = z
  .strictObject({
    command: z
      .array(z.string().max(10_000))
      .min(1)
      .max(200)
      .refine(([program]) => program !== '', { error: 'the first word is the program' })
      .describe(
        'The program and its arguments; no shell is involved. It listens on $HOST:$PORT. Example: [node, server.mjs].',
      ),
    directory: z
      .string()
      .min(1)
      .default('.')
      .describe('Where it runs; a path relative to the launch plan. Example: dist.'),
    env: z
      .record(variable, setting())
      .default({})
      .describe(
        'Its environment: a text, or a secret as { env: NAME } or { file: path }. Example: {APP_VERSION: "{{ artifact.version }}"}.',
      ),
    instances: z.int().min(1).max(50).default(1).describe('How many processes of a version run. Example: 2.'),
    'port-variable': variable
      .default('PORT')
      .describe('The environment variable that tells an instance its port. Example: APP_PORT.'),
    ready: ready.describe('When an instance is ready for traffic. Example: {path: /ready, timeout: 2m}.'),
    drain: duration({ max: hour })
      .prefault('10s')
      .describe(
        'How long an instance may take to finish its requests after SIGTERM, at most 1h; then it is killed. Example: 30s.',
      ),
  })
  .superRefine((config, context) => {
    for (const name of Object.keys(config.env)) {
      if (name !== config['port-variable'] && name !== 'HOST' && !name.startsWith('SLIPWAY_')) continue;
      context.addIssue({ code: 'custom', path: ['env', name], message: `${name} is set by Slipway: leave it out` });
    }
  })
  .describe('Processes on this machine, on loopback ports.');

export type ProcessConfig = z.infer<typeof processSchema>;
