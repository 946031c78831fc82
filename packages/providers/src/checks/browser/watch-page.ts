import type { Page, Request, Response } from 'playwright-core';
import type { ProblemList } from './problem-list.ts';

export interface PageWatch {
  readonly consoleErrors: ProblemList;
  readonly failedRequests: ProblemList;
  /** The last answer that was a page; null before it came. */
  readonly document: Response | null;
  readonly crashed: boolean;
}

/** Chromium writes each failed request on the console as well: it is counted where it belongs. */
const ALSO_A_REQUEST = 'Failed to load resource:';
/** The page itself called the request off, or left. */
const CALLED_OFF = 'net::ERR_ABORTED';
/** A page with an error status and nothing to show is counted by its status already. */
const NO_BODY = 'net::ERR_HTTP_RESPONSE_CODE_FAILURE';

/** Counts from now on what goes wrong in a page. */
export function watchPage(page: Page, createList: () => ProblemList): PageWatch {
  const [consoleErrors, failedRequests] = [createList(), createList()];
  const seen: { document: Response | null; crashed: boolean } = { document: null, crashed: false };
  page.on('crash', () => {
    seen.crashed = true;
  });
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !text.startsWith(ALSO_A_REQUEST)) consoleErrors.add(text);
  });
  page.on('pageerror', (error) => consoleErrors.add(`uncaught ${error.name}: ${error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'no answer';
    if (reason !== CALLED_OFF && !(reason === NO_BODY && seen.document?.request() === request)) {
      failedRequests.add(nameOf(request), reason);
    }
  });
  page.on('response', (response) => {
    const request = response.request();
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) seen.document = response;
    if (response.status() >= 400) failedRequests.add(nameOf(request), String(response.status()));
  });
  return {
    consoleErrors,
    failedRequests,
    get document() {
      return seen.document;
    },
    get crashed() {
      return seen.crashed;
    },
  };
}

/** A data or blob URL is the page's own text. */
function nameOf(request: Request): string {
  const url = request.url();
  return `${request.method()} ${/^https?:/.test(url) ? url : url.replace(/:.*$/s, ':')}`;
}
