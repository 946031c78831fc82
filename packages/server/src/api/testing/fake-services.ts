import {
  createSystemClock,
  createTokens,
  type Engine,
  type FlagCounter,
  type FlagKeys,
  type Flags,
  openSqliteDatabase,
} from '@slipway/engine';
import { createPlanLanguage } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { pino } from 'pino';
import { hashToken } from '../../auth/access.ts';
import { KnownTokens } from '../../auth/known-tokens.ts';
import { createServerMetrics } from '../../telemetry/server-metrics.ts';
import { createFlagServing } from '../../flags/index.ts';
import type { Services } from '../services.ts';

/** Whom every token of a test belongs to, unless it says otherwise. */
export const ADA = 'ada@shop.example';
export const TOKEN = `slipway_${'a'.repeat(43)}`;
export const BEARER = { authorization: `Bearer ${TOKEN}` };

export type Fakes = Partial<Omit<Services, 'engine'>> & { readonly engine?: Partial<Engine> };

const nobody = (): never => {
  throw new Error('no test asks for this');
};

/** An engine without launches. What a test gives takes its place. */
const ENGINE: Engine = {
  start: nobody,
  command: nobody,
  find: async () => null,
  list: async () => [],
  listActive: async () => [],
  events: async () => [],
  live: () => ({ look: null, activity: {} }),
  listen: () => () => {},
  open: async () => {},
  close: async () => {},
};

const NO_FLAGS: Flags = {
  open: async () => {},
  close: async () => {},
  sets: () => [],
  find: () => null,
  create: nobody,
  execute: nobody,
  history: nobody,
  listen: () => () => {},
  staleSince: () => null,
  pendingKills: () => [],
  troubles: () => [],
};
const NO_KEYS: FlagKeys = { add: nobody, all: async () => [], remove: nobody };
const NO_COUNTER: FlagCounter = { exposure: nobody, report: nobody, read: nobody, close: async () => {} };

/** What routes use, with real tokens in memory: TOKEN is an admin's. */
export async function fakeServices(fakes: Fakes = {}): Promise<Services> {
  const tokens = createTokens(await openSqliteDatabase(':memory:'));
  await tokens.add({ id: 'local', person: ADA, role: 'admin', createdAt: 1 }, hashToken(TOKEN));
  const clock = createSystemClock();
  const logger = pino({ level: 'silent' });
  const { flags = NO_FLAGS, flagKeys = NO_KEYS, flagCounter = NO_COUNTER, loopback = true } = fakes;
  const stopping = fakes.stopping ?? new AbortController().signal;
  const serving = { flags, flagKeys, flagCounter, clock, logger, loopback, stopping };
  return {
    tokens,
    knownTokens: new KnownTokens({ tokens, clock, onError: nobody }),
    clock,
    metrics: createServerMetrics({ version: '0.0.0', clock, onError: nobody }),
    language: createPlanLanguage(registry),
    logger,
    version: '0.0.0',
    workspace: '/nowhere',
    dataDirectory: '/nowhere/.slipway',
    policyFile: null,
    loopback,
    stopping,
    unreadiness: async () => null,
    writtenEvents: async () => [],
    readShards: nobody,
    shutdownEnvironment: async () => null,
    flags,
    flagKeys,
    flagCounter,
    flagServing: createFlagServing(serving),
    receiveHook: async () => ({ is: 'refused' }),
    ...fakes,
    engine: { ...ENGINE, ...fakes.engine },
  };
}
