import {
  boundedEvidence,
  type CheckProvider,
  type EvidenceItem,
  type HttpResponse,
  TerminalError,
} from '@slipway/provider-kit';
import { urlCheckSchema, type UrlCheckConfig } from './schema.ts';
import { shownUrl } from './shown-url.ts';

/**
 * Asks a URL that a person gave, as the proof of a task: whatever it answers is an answer, and no answer at all an error. Private
 * addresses are refused unless they are allowed, also behind a redirect.
 */
export const urlCheck: CheckProvider<UrlCheckConfig, 'http'> = {
  kind: 'check',
  name: 'url',
  schema: urlCheckSchema,
  needs: ['http'],
  async run(config, { http, signal, now }) {
    signal.throwIfAborted();
    const { url, status, timeout } = config;
    if (!URL.canParse(url))
      throw new TerminalError('what is given is not a URL: write it like https://example.com/path');
    // Who expects a redirect wants to see it.
    const maxRedirects = status >= 300 && status < 400 ? 0 : 5;
    const asked = {
      method: 'GET',
      url,
      timeoutMs: timeout,
      signal,
      maxRedirects,
      publicOnly: !config.private,
    } as const;
    const response = await http.request(asked);
    const items = itemsOf(config, response, new Date(now()).toISOString());
    const wrong = items.filter(({ verdict }) => verdict !== 'pass');
    const said =
      wrong.length === 0
        ? `${shownUrl(url)} answered ${response.status}`
        : `${shownUrl(url)}: ${wrong.map(({ asked: what, found, expected }) => `${what} is ${found}, expected ${expected}`).join('; ')}`;
    return { verdict: wrong.length === 0 ? 'pass' : 'fail', evidence: boundedEvidence(said, items) };
  },
};

function itemsOf(config: UrlCheckConfig, response: HttpResponse, at: string): readonly EvidenceItem[] {
  const { url, status, contains } = config;
  const last = shownUrl(response.url ?? url);
  const answered: EvidenceItem = {
    asked: 'status',
    found: String(response.status),
    expected: String(status),
    verdict: response.status === status ? 'pass' : 'fail',
  };
  const where: EvidenceItem = { asked: `answer at ${at}`, found: last, expected: shownUrl(url), verdict: 'pass' };
  return contains === undefined ? [answered, where] : [answered, textItem(contains, response), where];
}

function textItem(contains: string, { body, cut }: HttpResponse): EvidenceItem {
  const isThere = body.includes(contains);
  const missing = cut ? 'not in its first megabyte' : 'not in it';
  return {
    asked: 'text',
    found: isThere ? 'there' : missing,
    expected: JSON.stringify(contains),
    verdict: isThere ? 'pass' : 'fail',
  };
}
