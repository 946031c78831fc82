import pg from 'pg';
import type { Clock } from '../../ports/clock.ts';
import { Turns } from '../turns.ts';
import { createOwnConnection } from './own-connection.ts';

/** Milliseconds that the connection may take to open or to answer. */
const PATIENCE = 10_000;
/** Milliseconds between two looks whether it still lives: a network may swallow it without a word. */
const HEARTBEAT = 10_000;

export interface ListeningTo {
  readonly url: string;
  /** See postgresAddress. */
  readonly address: string;
  readonly channels: readonly string[];
  readonly clock: Clock;
  readonly onNotice: (channel: string, payload: string) => void;
}

/** A connection that hears some channels. */
export interface Listening {
  /** Resolves, with the reason, when the connection is broken or was closed. */
  readonly broken: Promise<unknown>;
  /** Outside of any transaction. Rejects where the connection is broken. */
  notify(channel: string, payloads: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Resolves when the channels are heard. Rejects with StorageError. */
export async function startListening({ url, address, channels, clock, onNotice }: ListeningTo): Promise<Listening> {
  const own = { url, address, application: 'slipway changes', patience: PATIENCE };
  const { client, broken, open, breakOff } = createOwnConnection(own);
  const over = new AbortController();
  void broken.then(() => over.abort());
  client.on('notification', ({ channel, payload = '' }) => onNotice(channel, payload));
  // Nobody waits for the disk because of what is only said.
  const hear = channels.map((channel) => `listen ${pg.escapeIdentifier(channel)}`);
  await open(['set synchronous_commit to off', ...hear].join('; '));
  const turns = new Turns();
  const ask = async (sql: string, values: readonly unknown[] = []): Promise<void> => {
    await turns.take(async () => {
      over.signal.throwIfAborted();
      await client.query(sql, [...values]);
    });
  };
  void beat(ask, clock, over.signal).catch(breakOff);
  return {
    broken,
    notify: async (channel, payloads) => {
      await ask('select pg_notify($1, payload) from unnest($2::text[]) as payload', [channel, payloads]).catch(
        (error: unknown) => {
          // What the server refuses it has heard; whatever else happened, those who wait behind this would be silent for as long.
          if (!(error instanceof pg.DatabaseError)) breakOff(error);
          throw error;
        },
      );
    },
    close: async () => {
      over.abort();
      await client.end();
    },
  };
}

async function beat(ask: (sql: string) => Promise<void>, clock: Clock, over: AbortSignal): Promise<void> {
  for (;;) {
    await clock.sleep(HEARTBEAT, over);
    if (over.aborted) return;
    await ask('select 1');
  }
}
