import { advice, adviceRequest, apiError, languageHeaders } from '@slipway/contract';
import { advise } from '@slipway/plan';
import type { App } from './app.ts';
import { acceptedLanguage } from './language.ts';

export function adviceRoutes(app: App): void {
  app.post(
    '/api/v1/advice',
    {
      schema: {
        summary: 'Recommends how to launch a change, and says why',
        headers: languageHeaders,
        body: adviceRequest,
        response: { 200: advice, '4xx': apiError },
      },
    },
    async (request) => {
      const { rules, notes, ...advised } = advise(request.body, acceptedLanguage(request.headers));
      return { ...advised, rules: [...rules], notes: notes.map(({ text }) => text) };
    },
  );
}
