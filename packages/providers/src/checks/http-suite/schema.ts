import { setting } from '@slipway/provider-kit';
import { z } from 'zod';
import { checkNames } from './check-names.ts';
import { baseUrl, suiteRequests, variable } from './suite-schema.ts';

const hostName = z.string().regex(/^[^\s/@:?#]{1,253}$|^\[[0-9a-fA-F:.]+\]$/, {
  error: 'write a host name without scheme, port or path, like login.example',
});

export const httpSuiteSchema = z
  .strictObject({
    file: z
      .string()
      .min(1)
      .optional()
      .describe(
        "YAML or JSON file with the requests, and with a base if it likes, relative to the launch plan's folder. Default: none; then requests are given here. Example: smoke.yaml.",
      ),
    requests: suiteRequests
      .optional()
      .describe(
        'The requests, in order. In a plan the braces are its own, so write ${token} here where a file has {{ token }}. Default: none; then a file is given. Example: [{name: home, url: /}].',
      ),
    base: baseUrl
      .optional()
      .describe(
        'URL that paths are put behind, and the variable base. Default: the base of the file. Example: https://staging.shop.example.',
      ),
    with: z
      .record(variable, setting())
      .default({})
      .describe(
        'Values for the templates; one may name a secret, which is then kept out of the evidence. Default: {}. Example: {user: smoke, password: {env: SMOKE_PASSWORD}}.',
      ),
    hosts: z
      .array(hostName)
      .max(20)
      .default([])
      .describe(
        'More hosts that redirects and captured URLs may lead to, beside those that the requests name. Default: []. Example: [login.example].',
      ),
  })
  .superRefine((config, context) => {
    if ((config.file === undefined) === (config.requests === undefined)) {
      context.addIssue({ code: 'custom', message: 'give either file or requests' });
    }
    if (Object.hasOwn(config.with, 'base')) {
      context.addIssue({ code: 'custom', path: ['with', 'base'], message: 'give the base as base' });
    }
    for (const { path, message } of checkNames(config.requests ?? [], knownNames(config))) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  })
  .describe('HTTP requests one after the other, with values captured from the answers: a smoke test, a sign-in.');

export type HttpSuiteConfig = z.infer<typeof httpSuiteSchema>;

/** The names that templates may use before anything is captured. */
export const knownNames = (given: {
  readonly base?: string | undefined;
  readonly with: Readonly<Record<string, unknown>>;
}): readonly string[] => [...(given.base === undefined ? [] : ['base']), ...Object.keys(given.with)];
