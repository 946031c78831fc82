import { resolveUrl } from './resolve-url.ts';
import type { Prepared } from './send.ts';
import type { SuiteRequest } from './suite-schema.ts';
import type { Rendered, Variables } from './template.ts';
import { renderJson } from './template.ts';

export type Preparing = { readonly prepared: Prepared } | { readonly problem: string } | { readonly missing: string };

/** A request with everything filled in; what is missing, where a value was not captured. */
export function prepare(request: SuiteRequest, variables: Variables): Preparing {
  const resolved = resolveUrl(request.url, variables);
  if (!('url' in resolved)) return resolved;
  const headers = renderRecord(request.headers, variables);
  if ('missing' in headers) return headers;
  const body = renderBody(request.body, variables);
  if ('missing' in body) return body;
  const prepared = {
    url: resolved.url,
    method: request.method,
    headers: withType(headers.value, body.value?.type),
    body: body.value?.text ?? null,
    timeoutMs: request.timeout,
    followRedirects: !expectsRedirect(request),
  };
  return { prepared };
}

/** Who expects a redirect wants to see it. */
export function expectsRedirect({ expect }: SuiteRequest): boolean {
  const statuses = [expect.status ?? []].flat();
  return expect.redirect !== undefined || statuses.some((status) => String(status).startsWith('3'));
}

function renderRecord(
  record: Readonly<Record<string, string>>,
  variables: Variables,
): Rendered<Readonly<Record<string, string>>> {
  const rendered = renderJson(record, variables);
  if ('missing' in rendered) return rendered;
  return {
    value: Object.fromEntries(Object.entries(rendered.value ?? {}).map(([key, value]) => [key, String(value)])),
  };
}

interface Body {
  readonly text: string;
  readonly type: string;
}

function renderBody(body: SuiteRequest['body'], variables: Variables): Rendered<Body | null> {
  if (body === undefined) return { value: null };
  if ('json' in body) {
    const rendered = renderJson(body.json ?? null, variables);
    if ('missing' in rendered) return rendered;
    return { value: { text: JSON.stringify(rendered.value), type: 'application/json' } };
  }
  if ('form' in body) {
    const rendered = renderRecord(body.form, variables);
    if ('missing' in rendered) return rendered;
    const text = new URLSearchParams(rendered.value).toString();
    return { value: { text, type: 'application/x-www-form-urlencoded' } };
  }
  const rendered = renderJson(body.text, variables);
  return 'missing' in rendered
    ? rendered
    : { value: { text: String(rendered.value), type: 'text/plain;charset=utf-8' } };
}

function withType(
  headers: Readonly<Record<string, string>>,
  type: string | undefined,
): Readonly<Record<string, string>> {
  const isGiven = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return type === undefined || isGiven ? headers : { ...headers, 'content-type': type };
}
