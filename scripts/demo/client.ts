import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchCommand, LaunchView, TokenCreated } from '@slipway/contract';

/** The API, as much of it as the demo needs. */
export class Client {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  launch(id: string): Promise<LaunchView> {
    return this.#json('GET', `/api/v1/launches/${id}`);
  }

  /** The view once the launch has ended, or is held and waits for a person. */
  async ended(id: string, signal: AbortSignal): Promise<LaunchView> {
    for (;;) {
      const view = await this.launch(id);
      if (view.endedAt !== null || view.state === 'held' || signal.aborted) return view;
      await pass(200);
    }
  }

  start(plan: { readonly text: string; readonly file: string; readonly artifactVersion: string }): Promise<LaunchView> {
    return this.#json('POST', '/api/v1/launches', { ...plan, directory: '.' });
  }

  command(id: string, command: LaunchCommand): Promise<LaunchView> {
    return this.#json('POST', `/api/v1/launches/${id}/commands`, command);
  }

  token(person: string, role: 'member'): Promise<TokenCreated> {
    return this.#json('POST', '/api/v1/tokens', { person, role });
  }

  async record(id: string): Promise<string> {
    const response = await this.#send('GET', `/api/v1/launches/${id}/record?format=markdown`);
    return response.text();
  }

  async shutdown(environment: string): Promise<void> {
    await this.#send('POST', `/api/v1/environments/${environment}/shutdown`);
  }

  async #json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.#send(method, path, body);
    return (await response.json()) as T;
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
