import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { parseListen } from './listen.ts';

/** A token of RFC 9110, 5.6.2: what the name of a header or a cookie may hold. */
const token = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: 'write a name of letters, digits and dashes' });

const hint = { error: 'write a port number (0 for any free one), or an address and a port like 127.0.0.1:8080' };

const listen = z
  .union([z.int().min(0, hint).max(65_535, hint), z.string().refine((text) => parseListen(text) !== null, hint)], hint)
  .describe(
    'Where clients connect: a port on 127.0.0.1 (0 takes a free one and keeps it), or an address and a port such as ' +
      '127.0.0.1:8080, [::1]:8080 or, to be reached from other machines, 0.0.0.0:8080. Example: 8080.',
  );

const sticky = z
  .union(
    [
      z.strictObject({
        cookie: token.describe('Name of a cookie; a client that has none is given one. Example: visitor.'),
      }),
      z.strictObject({ header: token.describe('Name of a request header. Example: x-user-id.') }),
    ],
    { error: 'write { cookie: NAME } or { header: NAME }' },
  )
  .describe(
    'What a client is recognised by, so that it stays on its version while the weights stand, and moves to the new version ' +
      'only once. Without it every request is drawn anew. Example: {cookie: visitor}.',
  );

export const builtinRouterSchema = z
  .strictObject({
    listen,
    sticky: sticky.optional(),
    timeout: duration({ min: 1, max: 3_600_000 })
      .prefault('30s')
      .describe(
        "How long a version may take until its answer's headers are there, at most 1h; then the client gets a 504. Example: 1m.",
      ),
    'version-header': z
      .union([token, z.literal(false)], { error: 'write the name of a header, or false' })
      .default('x-slipway-version')
      .describe('Response header that names the version that answered; false for none. Example: false.'),
  })
  .describe('A reverse proxy on this machine that splits traffic by weight.');

export type BuiltinRouterConfig = z.infer<typeof builtinRouterSchema>;
