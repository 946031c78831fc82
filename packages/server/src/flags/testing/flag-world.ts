import type { AddressInfo } from 'node:net';
import type { FlagSetDefinition } from '@slipway/flags';
import { type App, buildApp } from '../../api/app.ts';
import { fakeServices } from '../../api/testing/fake-services.ts';
import { createFlagServing, type FlagServing } from '../flag-serving.ts';
import type { FlagLimits } from '../limits.ts';
import { FakeCounter, FakeFlags, FakeKeys } from './fake-flags.ts';

export const SET = 'shop.production';
export const CLIENT_KEY = `slipway_flags_${'c'.repeat(43)}`;
export const SERVER_KEY = `slipway_flags_${'s'.repeat(43)}`;

/** One flag of each kind that an answer may have. */
export const DEFINITION: FlagSetDefinition = {
  metadata: { team: 'shop' },
  flags: {
    banner: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on', metadata: { owner: 'ada' } },
    theme: {
      state: 'ENABLED',
      variants: { blue: 'blue', red: 'red' },
      defaultVariant: 'blue',
      targeting: { if: [{ '==': [{ var: 'plan' }, 'pro'] }, 'red', null] },
    },
    limits: { state: 'ENABLED', variants: { few: { most: 3 } }, defaultVariant: 'few' },
    ratio: { state: 'ENABLED', variants: { half: 0.5 }, defaultVariant: 'half' },
    retired: { state: 'DISABLED', variants: { on: true }, defaultVariant: 'on' },
    unset: { state: 'ENABLED', variants: { on: true }, defaultVariant: null },
    broken: { state: 'ENABLED', variants: { on: true }, defaultVariant: 'on', targeting: 'gone' },
  },
};

export interface FlagWorld extends AsyncDisposable {
  readonly app: App;
  readonly flags: FakeFlags;
  readonly keys: FakeKeys;
  readonly counter: FakeCounter;
  readonly serving: FlagServing;
  /** Aborts what a server that stops aborts. */
  readonly stop: () => void;
  /** Of the listener, as `http://127.0.0.1:PORT`. */
  readonly listen: () => Promise<string>;
}

export async function flagWorld(limits: Partial<FlagLimits> = {}): Promise<FlagWorld> {
  const [flags, keys, counter, stopping] = [new FakeFlags(), new FakeKeys(), new FakeCounter(), new AbortController()];
  flags.serve(SET, DEFINITION);
  keys.give(CLIENT_KEY, SET, 'client');
  keys.give(SERVER_KEY, SET, 'server');
  const fakes = { flags, flagKeys: keys, flagCounter: counter, stopping: stopping.signal };
  const services = await fakeServices(fakes);
  const serving = createFlagServing({ ...services, limits });
  await serving.open();
  const app = await buildApp({ ...services, flagServing: serving });
  return {
    app,
    flags,
    keys,
    counter,
    serving,
    stop: () => stopping.abort(),
    listen: async () => {
      await app.listen({ host: '127.0.0.1', port: 0 });
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    },
    [Symbol.asyncDispose]: async () => {
      serving.close();
      await app.close();
    },
  };
}
