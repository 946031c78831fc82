import { apiError, language, languageHeaders, launchRecord, type LaunchRecord, verification } from '@slipway/contract';
import { recordMarkdown } from '@slipway/core';
import { verifyChain, type WrittenEvent } from '@slipway/engine';
import { z } from 'zod';
import type { App } from './app.ts';
import { acceptedLanguage } from './language.ts';
import { found } from './launch-routes.ts';
import type { Services } from './services.ts';

const query = z.strictObject({
  format: z.enum(['json', 'markdown']).default('json'),
  language: language.optional().describe('Left out: as Accept-Language says.'),
});

export function recordRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/launches/:id/record',
    {
      schema: {
        summary: 'The record of a launch, from its events',
        headers: languageHeaders,
        params: z.strictObject({ id: z.string().max(200) }),
        querystring: query,
        response: { 200: z.union([launchRecord, z.string()]), '4xx': apiError },
      },
    },
    async (request, reply) => {
      const launch = await found(services, request.params.id);
      const { format } = request.query;
      // As they were written: that is what the hashes cover.
      if (format === 'json') return jsonRecord(launch.id, await services.writtenEvents(launch.id));
      const events = await services.engine.events(launch.id);
      void reply.type('text/markdown; charset=utf-8').serializer((text: unknown) => String(text));
      return recordMarkdown(launch, events, {
        language: request.query.language ?? acceptedLanguage(request.headers),
      });
    },
  );

  app.post(
    '/api/v1/records/verify',
    {
      bodyLimit: 64_000_000,
      handlerTimeout: 60_000,
      schema: {
        summary: 'Verifies the chain of a record',
        body: launchRecord,
        response: { 200: verification, '4xx': apiError },
      },
    },
    async (request) => {
      const { launch, events } = request.body;
      const checked = verifyChain(launch, events);
      const problem = checked.ok ? (events.length === 0 ? 'there are no events' : null) : checked.problem;
      return { ok: problem === null, launch, events: events.length, head: checked.head.hash, problem };
    },
  );
}

function jsonRecord(launch: string, events: readonly WrittenEvent[]): LaunchRecord {
  return launchRecord.parse({ format: 'slipway-record-1', launch, events });
}
