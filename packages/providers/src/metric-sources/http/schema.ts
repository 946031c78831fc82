import { z } from 'zod';
import { jsonPath, requestHeaders, requestUrl } from '../../http/http-keys.ts';
import { freshSetting } from '../common/fresh-setting.ts';
import { gaugeUnit } from '../common/gauge-unit.ts';
import { readTimeout } from '../common/read-timeout.ts';
import { VERSION_PLACEHOLDER } from '../common/version-placeholder.ts';

const path = () => jsonPath('$.errors or $.counts[0].bad');

const common = {
  url: requestUrl('https://example.com/counts').describe(
    'Where the JSON document is; {version} stands for the version that is read, so each version has a URL of its own. Example: "https://shop.example/counts?version={version}".',
  ),
  headers: requestHeaders('COUNTS_TOKEN'),
  at: path()
    .optional()
    .describe('JSONPath to when it was counted: ISO 8601 with a zone, or epoch milliseconds. Example: $.at.'),
  fresh: freshSetting('How old the counts or the value may be; needs "at".'),
  timeout: readTimeout(),
} as const;

const counts = z
  .strictObject({
    ...common,
    bad: path().describe(
      'JSONPath to the cumulative count of what went wrong; {version} may stand in it. Example: "$.versions[\'{version}\'].errors".',
    ),
    total: path().describe(
      'JSONPath to the cumulative count of everything; {version} may stand in it. Example: "$.versions[\'{version}\'].requests".',
    ),
    boot: path()
      .optional()
      .describe('JSONPath to what changes when the counts begin again at zero. Example: $.startedAt.'),
  })
  .refine(({ url, bad, total }) => [url, bad].some(hasVersion) && [url, total].some(hasVersion), {
    error: 'write {version} in url, or in both bad and total: else both versions would read the same counts',
    path: ['url'],
  });

const gauge = z
  .strictObject({
    ...common,
    value: path().describe(
      'For a gauge, in place of bad and total: JSONPath to a number that stands for itself; {version} may stand in it. Example: "$.versions[\'{version}\'].memory".',
    ),
    unit: gaugeUnit(),
  })
  .refine(({ url, value }) => [url, value].some(hasVersion), {
    error: 'write {version} in url or in value: else both versions would read the same number',
    path: ['url'],
  });

export const httpQuerySchema = z
  .union([counts, gauge], { error: 'give url, and either bad and total, or value' })
  .describe('Cumulative counts, or a gauge, in a JSON document.');

export type HttpQuery = z.infer<typeof httpQuerySchema>;

const hasVersion = (text: string): boolean => text.includes(VERSION_PLACEHOLDER);
