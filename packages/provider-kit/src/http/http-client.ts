export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Bytes of body kept; the rest is dropped. Default 1 MB. */
  readonly maxBytes?: number;
  /** How many redirects are followed, 0..5. Default 5. With 0 a redirect is the answer: for a POST that must not turn into a GET. */
  readonly maxRedirects?: number;
  /** Refuses every private, loopback or link-local address: for a URL that somebody gave. Default false. */
  readonly publicOnly?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** True when the body was longer than `maxBytes`. */
  readonly cut: boolean;
  /** Whose answer it is: the URL asked for, or the one that redirects led to. Its query may hold secrets. */
  readonly url?: string;
  /** Milliseconds from the request to the last byte. */
  readonly milliseconds: number;
}

/**
 * Rejects with NoAnswerError (a RetryableError) where there was no answer (refused, reset, time-out, DNS) and with TerminalError
 * for a URL that is not http(s), a redirect from a public to a private address, or with `publicOnly` any private address. Any status is an answer. Follows at most 5
 * redirects. When the caller's signal aborts, it rejects with the signal's reason.
 * A message names the host, never the path's query, headers or body: they may hold secrets.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
}
