import { setTimeout as pass } from 'node:timers/promises';
import { launchView, type LaunchView, storedEvent, type StoredEvent } from '@slipway/contract';
import type { RealServer } from './real-server.ts';

/** Follows a launch as a browser does: comes back with the last id that it saw, to whichever server it is told. */
export class LiveClient {
  readonly events: StoredEvent[] = [];
  readonly views: LaunchView[] = [];
  /** How often it had to come back. */
  breaks = 0;
  #lastId = '0';
  readonly #leaving = new AbortController();

  /** Until it is told to leave. `servers`: asked one after the other, again and again. */
  async follow(id: string, servers: readonly RealServer[]): Promise<void> {
    for (let turn = 0; !this.#leaving.signal.aborted; turn += 1) {
      for (const server of servers.slice(turn % servers.length).slice(0, 1))
        await this.#connection(id, server).catch(() => {});
      if (this.#leaving.signal.aborted) return;
      this.breaks += 1;
      await pass(50);
    }
  }

  leave(): void {
    this.#leaving.abort();
  }

  async #connection(id: string, server: RealServer): Promise<void> {
    const path = `/launches/${id}/stream`;
    const response = await server.open(path, { 'last-event-id': this.#lastId }, this.#leaving.signal);
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      const messages = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
      // What has no end yet may be cut off by a death: it was not received.
      text = messages.pop() ?? '';
      for (const message of messages) this.#receive(message);
    }
  }

  #receive(message: string): void {
    const fields = new Map(message.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line]));
    const valueOf = (name: string): string => (fields.get(name) ?? '').slice(name.length + 2);
    const event = valueOf('event');
    if (event === 'recorded') this.events.push(storedEvent.parse(JSON.parse(valueOf('data'))));
    if (event === 'view') this.views.push(launchView.parse(JSON.parse(valueOf('data'))));
    if (fields.has('id')) this.#lastId = valueOf('id');
  }
}
