import { z } from 'zod';
import { parseSocket } from './socket-address.ts';

const socketHint = {
  error: 'write the path of a unix socket like /run/haproxy/admin.sock, or a loopback address like 127.0.0.1:9999',
};

export const haproxyRouterSchema = z
  .strictObject({
    socket: z
      .string()
      .max(200)
      .refine((text) => parseSocket(text) !== null, socketHint)
      .describe(
        "HAProxy's runtime API, as its `stats socket ... level admin` line names it: a path, or an address of this machine " +
          '(whoever reaches it may change everything). Example: /run/haproxy/admin.sock.',
      ),
    // What a name may hold in HAProxy; nothing of it can end a command or begin another.
    backend: z
      .string()
      .max(100)
      .regex(/^[A-Za-z0-9_.:-]+$/, { error: 'write the name of a backend: letters, digits and . : _ -' })
      .describe(
        "Name of the backend whose servers Slipway sets. All of them are Slipway's, but those marked `backup`. Example: app.",
      ),
    address: z
      .url({ protocol: /^https?$/, error: 'write where clients connect, like http://127.0.0.1:8080' })
      .max(500)
      .refine((text) => !/[@\s]/.test(text), { error: 'write it without a user and a password' })
      .describe(
        "Where clients connect: the `bind` line of HAProxy's frontend, as a URL. Example: http://127.0.0.1:8080.",
      ),
  })
  .describe(
    'A HAProxy (2.4 or later) that your team runs, through its runtime API: it splits traffic by server weights.',
  );

export type HaproxyRouterConfig = z.infer<typeof haproxyRouterSchema>;
