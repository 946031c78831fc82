import {
  apiError,
  languageHeaders,
  launchReport,
  overviewKind,
  overviewRequest,
  release,
  releaseList,
  reportKind,
  reportRequest,
} from '@slipway/contract';
import { documentMarkdown, dora, doraDocument, hotfixDocument, type RecordDocument, writeReport } from '@slipway/core';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { App } from './app.ts';
import { acceptedLanguage } from './language.ts';
import { found } from './launch-routes.ts';
import { readReleases, releaseView } from './releases.ts';
import type { Services } from './services.ts';

const id = z.string().min(1).max(200);
/** Thousands of commits with what they say. */
const COMMITS_LIMIT = 16_000_000;
/** Many logs may have to be read. */
const PATIENCE = 60_000;
const DEFAULT_DAYS = 90;
const DAY = 86_400_000;
const answers = { 200: z.union([launchReport, z.string()]), '4xx': apiError };

/** Documents from the log: of one launch, or of several. They change nothing, so whoever may look may ask. */
export function reportRoutes(app: App, services: Services): void {
  app.post(
    '/api/v1/launches/:id/reports/:kind',
    {
      bodyLimit: COMMITS_LIMIT,
      handlerTimeout: PATIENCE,
      schema: {
        summary: 'A document about a launch, from its events',
        headers: languageHeaders,
        params: z.strictObject({ id, kind: reportKind }),
        body: reportRequest,
        response: answers,
      },
    },
    async (request, reply) => {
      const launch = await found(services, request.params.id);
      const { format, commits, language = acceptedLanguage(request.headers) } = request.body;
      const events = await services.engine.events(launch.id);
      const document = writeReport(request.params.kind, { launch, events, language, commits });
      return send(reply, format, { launch: launch.id, head: launch.head, document });
    },
  );

  app.get(
    '/api/v1/launches/:id/release',
    {
      handlerTimeout: PATIENCE,
      schema: {
        summary: 'A launch as a release, and the one before it',
        params: z.strictObject({ id }),
        response: { 200: release, '4xx': apiError },
      },
    },
    async (request) => {
      const launch = await found(services, request.params.id);
      return releaseView(launch, (await readReleases(services)).releases);
    },
  );

  overviewRoutes(app, services);
}

function overviewRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/releases',
    {
      handlerTimeout: PATIENCE,
      schema: { summary: 'Launches as releases, newest first', response: { 200: releaseList } },
    },
    async () => {
      const { launches, releases, unreadable, omitted } = await readReleases(services);
      return { releases: launches.map((launch) => releaseView(launch, releases)), unreadable, omitted };
    },
  );

  app.post(
    '/api/v1/reports/:kind',
    {
      bodyLimit: COMMITS_LIMIT,
      handlerTimeout: PATIENCE,
      schema: {
        summary: 'A document about several launches, from their events',
        headers: languageHeaders,
        params: z.strictObject({ kind: overviewKind }),
        body: overviewRequest,
        response: answers,
      },
    },
    async (request, reply) => {
      const { format, commits, language = acceptedLanguage(request.headers) } = request.body;
      const until = services.clock.now();
      const since = request.body.since ?? until - DEFAULT_DAYS * DAY;
      const { releases, notRead } = await readReleases(services);
      const asked = { releases, since, until, commits, notRead: notRead.filter((at) => at >= since).length };
      const document =
        request.params.kind === 'dora' ? doraDocument(dora(asked), language) : hotfixDocument(asked, language);
      return send(reply, format, { launch: null, head: null, document });
    },
  );
}

interface Written {
  readonly launch: string | null;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  readonly document: RecordDocument;
}

function send(reply: FastifyReply, format: 'json' | 'markdown', written: Written) {
  if (format === 'json') return launchReport.parse({ format: 'slipway-report-1', ...written });
  void reply.type('text/markdown; charset=utf-8').serializer((text: unknown) => String(text));
  return documentMarkdown(written.document);
}
