import type { HttpResponse, ProviderContext } from '@slipway/provider-kit';
import { NoAnswerError, OutcomeUnknownError } from '@slipway/provider-kit';

/** Shorter than what the engine gives a message: an attempt ends with a reason of its own. */
const TIMEOUT_MS = 10_000;
/** Answers are short; what is longer is no answer to read. */
const MAX_BYTES = 100_000;

export interface Post {
  /** Who takes it, as people call it: it stands in errors. */
  readonly to: string;
  readonly url: string;
  readonly body: string;
  /** Besides the content type, which is JSON. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Posts what must not be posted twice. Any status is an answer. Rejects with OutcomeUnknownError where it may have arrived and there
 * was no answer, with NoAnswerError where it certainly did not arrive, and with TerminalError for what is no URL.
 */
export async function postOnce(post: Post, { http, signal }: ProviderContext<'http'>): Promise<HttpResponse> {
  const { to, url, body } = post;
  const headers = { 'content-type': 'application/json; charset=utf-8', ...post.headers };
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal };
  try {
    // Without redirects: a page to sign in at would answer 200 and look as if the message were posted.
    return await http.request({ method: 'POST', url, headers, body, maxRedirects: 0, ...limits });
  } catch (error) {
    if (error instanceof NoAnswerError && !error.sent) throw error;
    if (error instanceof NoAnswerError) throw new OutcomeUnknownError(`${error.message}; it may have been posted`);
    if (signal.aborted) throw new OutcomeUnknownError(`the post to ${to} was broken off; it may have been posted`);
    throw error;
  }
}
