import {
  apiError,
  type FlagDelivery,
  flagEvaluated,
  type FlagEvaluated,
  flagEvaluateRequest,
  flagFiles,
  flagFilesReport,
  flagHistory,
  flagKey,
  flagSetList,
  flagSetName,
  flagSetStatus,
  flagSetView,
  flagView,
  languageHeaders,
  staleFlagList,
} from '@slipway/contract';
import type { ServedSet, StoredFlagEvent } from '@slipway/engine';
import { type FlagRecord, type Resolution, staleFlags } from '@slipway/flags';
import { z } from 'zod';
import { reportFlagFiles } from '../flags/manage/flag-files.ts';
import { eventText } from '../view/flags/change-text.ts';
import { flagSentence } from '../view/flags/flag-sentence.ts';
import { flagSetViewOf, flagViewOf } from '../view/flags/flag-views.ts';
import { staleFlagOf } from '../view/flags/stale-flag.ts';
import type { Words } from '../view/words/words.ts';
import { wordsFor } from '../view/words/words-for.ts';
import type { App } from './app.ts';
import type { FlagServices } from './flag-services.ts';
import { acceptedLanguage } from './language.ts';
import { notFound } from './refusal.ts';

export const setParams = z.strictObject({ set: flagSetName });
const flagParams = setParams.extend({ flag: flagKey });
/** Definitions of a whole team: a segment may hold a hundred thousand ids. */
export const FILES_LIMIT = 64_000_000;

const historyQuery = z.strictObject({
  flag: flagKey.optional().describe('Only what happened to this flag.'),
  before: z.coerce.number().int().min(1).optional().describe('Only events with a lower number.'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** What can be looked at. Each answer is out of this server's memory, but for the history. */
export function flagRoutes(app: App, services: FlagServices): void {
  listRoutes(app, services);
  setRoutes(app, services);
  askRoutes(app, services);
}

function listRoutes(app: App, { flags }: FlagServices): void {
  app.get(
    '/api/v1/flags',
    {
      // A kill asks first which set has the flag.
      config: { wayBack: true },
      schema: {
        summary: 'Flag sets, by name',
        querystring: z.strictObject({ flag: flagKey.optional().describe('Only sets that have this flag.') }),
        response: { 200: flagSetList, '4xx': apiError },
      },
    },
    async (request) => {
      const { flag } = request.query;
      const sets = flags.sets().filter(({ state }) => flag === undefined || state.flags.has(flag));
      return {
        sets: sets.map(({ set, state }) => ({
          set,
          version: state.version,
          flags: state.flags.size,
          killed: [...state.flags.values()].filter(({ kill }) => kill !== null).map(({ key }) => key),
        })),
      };
    },
  );

  app.post(
    '/api/v1/flags/validate',
    {
      bodyLimit: FILES_LIMIT,
      schema: {
        summary: 'Checks files of flag definitions; changes nothing',
        body: flagFiles,
        response: { 200: flagFilesReport, '4xx': apiError },
      },
    },
    async (request) => reportFlagFiles(request.body.files),
  );
}

function setRoutes(app: App, services: FlagServices): void {
  const { flags, clock } = services;

  app.get(
    '/api/v1/flags/:set',
    {
      schema: {
        summary: 'A flag set: its flags and who gets what now, what is scheduled, what waits for approval, its policy',
        headers: languageHeaders,
        params: setParams,
        response: { 200: flagSetView, '4xx': apiError },
      },
    },
    async (request) =>
      flagSetViewOf(servedSet(services, request.params.set), flagWords(request.headers), flags.staleSince()),
  );

  app.get(
    '/api/v1/flags/:set/flags/:flag',
    {
      schema: {
        summary: 'One flag with all that is known of it',
        headers: languageHeaders,
        params: flagParams,
        response: { 200: flagView, '4xx': apiError },
      },
    },
    async (request) => {
      const served = servedSet(services, request.params.set);
      return flagViewOf(served, servedFlag(served, request.params.flag), flagWords(request.headers));
    },
  );

  app.get(
    '/api/v1/flags/:set/stale',
    {
      schema: {
        summary: 'Flags that should be removed',
        headers: languageHeaders,
        params: setParams,
        response: { 200: staleFlagList, '4xx': apiError },
      },
    },
    async (request) => {
      const { set, state } = servedSet(services, request.params.set);
      const say = flagWords(request.headers);
      return { set, flags: staleFlags(state, clock.now()).map((stale) => staleFlagOf(stale, state, say)) };
    },
  );

  app.get(
    '/api/v1/flags/:set/status',
    {
      schema: {
        summary: 'What this server serves of a set, and how far the newest change has come',
        params: setParams,
        response: { 200: flagSetStatus, '4xx': apiError },
      },
    },
    async (request) => {
      const { set, state, head } = servedSet(services, request.params.set);
      const { flagServing } = services;
      const reached = { streams: flagServing.openStreams(), delivery: deliveryOf(services, set) };
      const trouble = flags.troubles().find((each) => each.set === set)?.message ?? null;
      return { set, version: state.version, head, staleSince: flags.staleSince(), trouble, ...reached };
    },
  );
}

function askRoutes(app: App, services: FlagServices): void {
  const { flags, clock } = services;

  app.get(
    '/api/v1/flags/:set/history',
    {
      schema: {
        summary: 'What happened to a set or to one of its flags, newest first',
        headers: languageHeaders,
        params: setParams,
        querystring: historyQuery,
        response: { 200: flagHistory, '4xx': apiError },
      },
    },
    async (request) => {
      const { set } = servedSet(services, request.params.set);
      const { flag = null, before = null, limit } = request.query;
      const entries = await flags.history(set, { flag, before, limit });
      const say = flagWords(request.headers);
      return { set, entries: entries.map((entry) => historyEntry(entry, say)) };
    },
  );

  app.post(
    '/api/v1/flags/:set/evaluate',
    {
      schema: {
        summary: 'What somebody would get now, and why; nothing is counted',
        headers: languageHeaders,
        params: setParams,
        body: flagEvaluateRequest,
        response: { 200: flagEvaluated, '4xx': apiError },
      },
    },
    async (request) => {
      const served = servedSet(services, request.params.set);
      const flag = servedFlag(served, request.body.flag);
      const found = served.evaluator.evaluate(flag.key, request.body.context, Math.floor(clock.now() / 1000));
      return evaluated(found, flagSentence(flag, flagWords(request.headers)));
    },
  );
}

/** The set, as this server serves it. Refuses where there is none. */
export function servedSet({ flags }: Pick<FlagServices, 'flags'>, set: string): ServedSet {
  const served = flags.find(set);
  if (served === null) throw notFound(`flag set ${set}: "slipway flags list" shows those that are there`);
  return served;
}

export function servedFlag({ set, state }: ServedSet, flag: string): FlagRecord {
  const record = state.flags.get(flag);
  if (record === undefined)
    throw notFound(`flag ${flag} in ${set}: "slipway flags list ${set}" shows those that are there`);
  return record;
}

/** How far its newest change has come; null: nothing has changed since this server started. */
export function deliveryOf({ flagServing }: FlagServices, set: string): FlagDelivery | null {
  const now = flagServing.delivery(set);
  if (now === null) return null;
  const { version, at, told, fetched, lastFetchedAt } = now;
  return { version, at, told, fetched, lastFetchedAt };
}

export function flagWords(headers: z.infer<typeof languageHeaders>): Words['flags'] {
  return wordsFor(acceptedLanguage(headers)).flags;
}

function historyEntry({ seq, at, actor, event, hash }: StoredFlagEvent, say: Words['flags']) {
  return {
    seq,
    at,
    by: actor.kind === 'person' ? actor.id : 'slipway',
    what: eventText(event, say),
    due: event.type === 'change-scheduled' ? event.scheduled.at : null,
    event: { ...event },
    hash,
  };
}

function evaluated(found: Resolution, why: string): FlagEvaluated {
  const { key: flag, reason } = found;
  if (reason === 'ERROR') {
    return {
      flag,
      reason,
      variant: null,
      value: null,
      error: { code: found.errorCode, details: found.errorDetails },
      why,
    };
  }
  const { variant } = found;
  if (variant === undefined) return { flag, reason, variant: null, value: null, error: null, why };
  return { flag, reason, variant, value: JSON.parse(JSON.stringify(found.value)), error: null, why };
}
