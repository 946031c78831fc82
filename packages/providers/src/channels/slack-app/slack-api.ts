import type { HttpResponse, ProviderContext } from '@slipway/provider-kit';
import { OutcomeUnknownError, RetryableError, retryAfterMs } from '@slipway/provider-kit';
import { acceptStatus } from '../posting/accept-status.ts';
import { postOnce } from '../posting/post-once.ts';
import { readAnswer } from '../posting/read-answer.ts';
import { slackFailure } from './slack-refusal.ts';

const TIMEOUT_MS = 10_000;
/** A page of 200 messages. */
const MAX_BYTES = 4_000_000;

export type Answer = Readonly<Record<string, unknown>>;
type Context = ProviderContext<'http'>;

export interface SlackAccess {
  readonly url: string;
  readonly token: string;
}

/** The few methods of Slack's Web API that a channel needs. Each rejects with a named error unless Slack says ok. */
export class SlackApi {
  readonly #access: SlackAccess;
  readonly #context: Context;

  constructor(access: SlackAccess, context: Context) {
    this.#access = access;
    this.#context = context;
  }

  /** Must not be done twice: rejects with OutcomeUnknownError where nobody knows whether it was. */
  async post(args: Answer): Promise<Answer> {
    return await this.#write('chat.postMessage', args);
  }

  /** May be done again at any time: what is not known to have been done rejects with RetryableError. */
  async update(args: Answer): Promise<Answer> {
    return await this.#write('chat.update', args).catch(againInstead);
  }

  /** Reads a page, newest first for `conversations.history`, oldest first for `conversations.replies`. */
  async read(method: 'conversations.history' | 'conversations.replies', query: Readonly<Record<string, string>>) {
    const { http, signal } = this.#context;
    const url = `${this.#base()}/${method}?${new URLSearchParams(query).toString()}`;
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, maxRedirects: 0 };
    const response = await http.request({ method: 'GET', url, headers: this.#headers(), signal, ...limits });
    try {
      return this.#accept(response);
    } catch (error) {
      return againInstead(error);
    }
  }

  async #write(method: string, args: Answer): Promise<Answer> {
    const url = `${this.#base()}/${method}`;
    const body = JSON.stringify(args);
    return this.#accept(await postOnce({ to: 'Slack', url, body, headers: this.#headers() }, this.#context));
  }

  #base(): string {
    return this.#access.url.replace(/\/+$/, '');
  }

  #headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.#access.token}` };
  }

  #accept(response: HttpResponse): Answer {
    const now = this.#context.now();
    acceptStatus(response, { from: 'Slack', now, advice: 'check the URL of the Web API' });
    const answer = readAnswer(response);
    if (answer?.['ok'] === true) return answer;
    if (answer?.['ok'] === false) throw slackFailure(answer['error'], retryAfterMs(response.headers, now));
    throw new OutcomeUnknownError('Slack answered what cannot be read; it may have been posted');
  }
}

/** For what may simply be done again. */
function againInstead(error: unknown): never {
  if (!(error instanceof OutcomeUnknownError)) throw error;
  throw new RetryableError(error.message.replace('; it may have been posted', ''));
}
