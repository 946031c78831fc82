import { setting } from '@slipway/provider-kit';
import parseJsonPath from 'jsonpath-rfc9535/parser';
import { z } from 'zod';

/** A template may stand for the whole beginning; what it became is looked at when the request is made. */
const URL_PATTERN = /^(?:https?:\/\/[^\s/@]|\{\{)/;

/** What is asked. `example`: an address, for the message. */
export const requestUrl = (example: string) =>
  z.string().regex(URL_PATTERN, { error: `write an http or https URL without user name, like ${example}` });

export const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: 'is not a header name' });

/** What every provider that asks by HTTP sends along. `secret`: the name of one, for the example. */
export const requestHeaders = (secret: string) =>
  z
    .record(headerName, setting())
    .default({})
    .describe(`Headers to send; a value may name a secret. Example: {authorization: {env: ${secret}}}.`);

/** `examples`: for the message. */
export const jsonPath = (examples: string) =>
  z
    .string()
    .max(1000)
    .refine(isJsonPath, { error: `is not a JSONPath (RFC 9535), like ${examples}` });

function isJsonPath(text: string): boolean {
  try {
    parseJsonPath(text);
    return true;
  } catch {
    return false;
  }
}
