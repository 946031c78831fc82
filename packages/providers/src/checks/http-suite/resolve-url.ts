import type { SuiteRequest } from './suite-schema.ts';
import type { Variables } from './template.ts';
import { renderText, renderUrl } from './template.ts';

export type ResolvedUrl = { readonly url: URL } | { readonly problem: string } | { readonly missing: string };

/** The URL of a template: a path is put behind the base. */
export function resolveUrl(template: string, variables: Variables): ResolvedUrl {
  const rendered = renderUrl(template, variables);
  if ('missing' in rendered) return rendered;
  const base = String(variables.get('base') ?? '');
  const isWhole = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(rendered.value);
  const slash = rendered.value.startsWith('/') ? '' : '/';
  const text = isWhole ? rendered.value : `${base}${slash}${rendered.value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { problem: 'it is not an http or https URL' };
  }
  return url.username === '' && url.password === '' ? { url } : { problem: 'it holds a user name or password' };
}

/** The hosts that a suite itself names, whatever servers answer: where requests and redirects may go. */
export function namedHosts(
  requests: readonly SuiteRequest[],
  variables: Variables,
  more: readonly string[],
): ReadonlySet<string> {
  const own = [...requests.map((request) => request.url), String(variables.get('base') ?? '')];
  return new Set([...own.flatMap((url) => hostOf(url, variables) ?? []), ...more.map((host) => host.toLowerCase())]);
}

/** null where it hangs on something that is captured. */
function hostOf(template: string, variables: Variables): string | null {
  const [authority = ''] = /^(?:https?:\/\/[^/?#]*|(?:\{\{[^}]*\}\}|\$\{[^}]*\})[^/?#]*)/.exec(template) ?? [];
  const rendered = renderText(authority, variables);
  return 'value' in rendered && URL.canParse(rendered.value) ? new URL(rendered.value).hostname : null;
}
