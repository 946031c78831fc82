import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';
import { serveDaemon } from '../index.ts';

/** A daemon for tests: it echoes, fails as told, and says what it was started with. */
const settings = z.object({
  version: z.int().optional(),
  refuse: z.string().optional(),
  openMs: z.int().optional(),
  idleMs: z.int().optional(),
  claim: z.string().optional(),
});

const given = settings.parse(JSON.parse(process.env['SLIPWAY_DAEMON'] ?? '{}').settings);
let aborted = 0;
let hanging = 0;

await serveDaemon({
  version: given.version ?? 1,
  open: async (start) => {
    await sleep(given.openMs ?? 0);
    if (given.refuse !== undefined) throw new Error(given.refuse);
    return {
      handlers: {
        ...(given.claim === undefined ? {} : { [given.claim]: async () => null }),
        echo: async (params) => params,
        started: async () => start.settings,
        environment: async () => Object.keys(process.env),
        chatter: async () => {
          for (let line = 0; line < 60_000; line += 1) start.log('x'.repeat(100));
          return null;
        },
        hanging: async () => hanging,
        aborted: async () => aborted,
        terminal: async () => {
          throw new TerminalError('no such version');
        },
        retryable: async () => {
          throw new RetryableError('busy', { retryAfterMs: 70 });
        },
        bug: async () => {
          throw new TypeError('oops');
        },
        hang: async (_params, signal) => {
          hanging += 1;
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          aborted += 1;
          return null;
        },
      },
      ...(given.idleMs === undefined ? {} : { idle: { afterMs: given.idleMs, may: () => true } }),
      onStop: async () => start.log('onStop ran'),
    };
  },
});
