import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { requestHeaders, requestUrl } from '../../http/http-keys.ts';
import { EVENT_NAMES, hasEnvironment } from './vocabulary.ts';

const text = () =>
  z
    .string()
    .min(1)
    .max(500)
    .regex(/^\P{Cc}+$/u, { error: 'write it without control characters' });

export const cdeventsChannelSchema = z
  .strictObject({
    url: z
      .union([requestUrl('https://events.shop.example/in'), secretRef()])
      .describe(
        'Where to post. Name a secret where whoever has the URL can post. Redirects are not followed. Example: https://events.shop.example/in.',
      ),
    headers: requestHeaders('CDEVENTS_TOKEN'),
    event: z
      .enum(EVENT_NAMES)
      .describe('What each message of this channel becomes. One channel for each event. Example: service.deployed.'),
    source: text()
      .regex(/^\S+$/, { error: 'write an URI or a path without spaces' })
      .default('/slipway')
      .describe(
        'The source of the events: a URI or a path, one for each server. Default: /slipway. Example: https://slipway.shop.example.',
      ),
    subject: text()
      .optional()
      .describe(
        "The subject's id. Default: the artifact's name for service, the launch for change, the launch's alarm for incident, the environment for environment. Example: service/shop.",
      ),
    environment: text()
      .optional()
      .describe('The id of the environment. Needed for service, incident and environment events. Example: production.'),
    artifact: text()
      .optional()
      .describe(
        'What serves, as a package URL. Default: pkg:generic/NAME@VERSION of what is launched; after a way back, of the version before. Example: pkg:oci/shop@{{ artifact.version }}.',
      ),
    repository: text()
      .optional()
      .describe('The id of the repository, for change events. Default: none. Example: shop/web.'),
  })
  .refine(({ event, environment }) => environment !== undefined || !hasEnvironment(event), {
    path: ['environment'],
    error: 'this event needs an environment: write its id, like production',
  })
  .describe('Posts CDEvents 0.4 as CloudEvents 1.0 (HTTP, structured mode).');

export type CdeventsChannelConfig = z.infer<typeof cdeventsChannelSchema>;
