import { z } from 'zod';
import { argv } from '../../commands/command-keys.ts';
import { parseListen } from '../builtin/listen.ts';

/** Written into nginx's configuration as it stands, so nothing in it may mean anything there. */
const path = (pattern: RegExp, example: string) =>
  z
    .string()
    .max(200)
    .refine((text) => pattern.test(text) && !text.split('/').includes('..'), {
      error: `write an absolute path of letters, digits and . _ - like ${example}`,
    });

const sticky = z
  .union(
    [
      z.strictObject({
        cookie: z
          .string()
          .max(100)
          .regex(/^[A-Za-z0-9_]+$/, { error: 'write a name of letters, digits and _' })
          .describe('Name of a cookie; a client that has none is given one. Example: visitor.'),
      }),
      z.strictObject({
        header: z
          .string()
          .max(100)
          .regex(/^[A-Za-z0-9-]+$/, { error: 'write a name of letters, digits and -' })
          .describe('Name of a request header. Example: x-user-id.'),
      }),
    ],
    { error: 'write { cookie: NAME } or { header: NAME }' },
  )
  .describe(
    'What a client is recognised by, so that it stays on its version while the weights stand. Without it every request is drawn ' +
      'anew. Example: {cookie: visitor}.',
  );

export const nginxRouterSchema = z
  .strictObject({
    file: path(/^\/[A-Za-z0-9._/-]*[A-Za-z0-9_-]\.conf$/, '/etc/nginx/slipway/production.conf').describe(
      'The file that Slipway writes and nginx includes in its `http` block. Beside it Slipway keeps one that ends in `.location`, for ' +
        'your `location`, and a folder that ends in `.split`. Example: /etc/nginx/slipway/production.conf.',
    ),
    log: path(/^\/[A-Za-z0-9._/-]*[A-Za-z0-9._-]$/, '/var/log/nginx/slipway-production.log').describe(
      'Where nginx writes a line for each request, which Slipway counts. Its own for each environment, readable by Slipway. ' +
        'Example: /var/log/nginx/slipway-production.log.',
    ),
    control: z
      .string()
      .refine(isLoopback, { error: 'write a loopback address and a port that is free, like 127.0.0.1:9180' })
      .describe(
        'A free port of this machine on which nginx tells Slipway what it serves, its own for each environment. ' +
          'Example: 127.0.0.1:9180.',
      ),
    address: z
      .url({ protocol: /^https?$/, error: 'write where clients connect, like http://127.0.0.1:8080' })
      .max(500)
      .refine((text) => !/[@\s]/.test(text), { error: 'write it without a user and a password' })
      .describe("Where clients connect: nginx's own `listen` line, as a URL. Example: http://127.0.0.1:8080."),
    sticky: sticky.optional(),
    test: argv()
      .default(['nginx', '-t'])
      .describe(
        "Program and arguments that test nginx's configuration before it is taken up; no shell reads them. Example: [sudo, nginx, -t].",
      ),
    reload: argv()
      .default(['nginx', '-s', 'reload'])
      .describe(
        'Program and arguments that make nginx read its configuration again; no shell reads them. ' +
          'Example: [sudo, systemctl, reload, nginx].',
      ),
  })
  .describe('An nginx (1.22 or later) that your team runs: it splits traffic by a file that Slipway writes.');

export type NginxRouterConfig = z.infer<typeof nginxRouterSchema>;
export type Sticky = NginxRouterConfig['sticky'];

function isLoopback(text: string): boolean {
  const listen = parseListen(text);
  return listen !== null && listen.port > 0 && /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/.test(listen.host);
}
