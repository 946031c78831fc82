import type { ServerResponse } from 'node:http';
import type { Clock, ServedSet } from '@slipway/engine';
import { writeStreamHead } from '../http/write-answer.ts';
import type { RingKey } from '../keys/key-ring.ts';
import type { FlagLimits } from '../limits.ts';
import { servedText } from '../answer/served-texts.ts';
import { changeText } from './told-change.ts';

/** Seconds between two signs of life on one stream: proxies close what is silent. */
const HEARTBEAT = 15;
/** A stream lives for three quarters of an hour to an hour: then its client comes with a token of today. Seconds. */
const LIFE = { least: 45 * 60, more: 15 * 60 };
/** When a client comes back, in milliseconds; spread, so that not all of a server that ended do so at once. */
const RETRY = { least: 500, more: 1_500 };
/** What a client that does not read may have waiting in our memory, in bytes. */
const UNREAD = 64 * 1024;
/** A client asked for flags, and opened its stream so much later at most: what changed between the two it has not seen. Milliseconds. */
const BETWEEN = 30_000;

const ALIVE = Buffer.from(':\n\n');

interface OpenStream {
  readonly response: ServerResponse;
  readonly key: RingKey;
  readonly address: string;
  /** In which second of HEARTBEAT it is told that we live. */
  readonly beat: number;
  /** Tick in which it ends. */
  readonly ends: number;
}

interface Opening {
  readonly response: ServerResponse;
  readonly key: RingKey;
  readonly address: string;
  readonly lastEventId: string | null;
  /** null: there is no such set yet. */
  readonly served: ServedSet | null;
}

export interface StreamPorts {
  readonly clock: Clock;
  readonly limits: FlagLimits;
  /** 0 to 1. */
  readonly random: () => number;
}

/** All open event streams. One timer serves them all, and an event is one write of the same bytes to each. */
export class FlagStreams {
  readonly #ports: StreamPorts;
  readonly #bySet = new Map<string, Set<OpenStream>>();
  readonly #perKey = new Map<string, number>();
  readonly #perAddress = new Map<string, number>();
  readonly #changed = new Map<string, { etag: string; running: number }>();
  #all = 0;
  #opened = 0;
  #tick = 0;
  #cancel: () => void = () => {};

  constructor(ports: StreamPorts) {
    this.#ports = ports;
    this.#again();
  }

  get count(): number {
    return this.#all;
  }

  /** false: as many are open as may be, of all, of the key, or of the address. */
  open(opening: Opening): boolean {
    const { response, key, address } = opening;
    const { limits, random } = this.#ports;
    if (
      this.#all >= limits.streams ||
      (this.#perKey.get(key.id) ?? 0) >= limits.streamsPerKey ||
      (this.#perAddress.get(address) ?? 0) >= limits.streamsPerAddress
    )
      return false;
    const stream: OpenStream = {
      response,
      key,
      address,
      beat: this.#opened++ % HEARTBEAT,
      ends: this.#tick + LIFE.least + Math.floor(random() * LIFE.more),
    };
    this.#count(stream, 1);
    const ofSet = this.#bySet.get(key.set) ?? new Set();
    this.#bySet.set(key.set, ofSet.add(stream));
    response.on('close', () => {
      if (ofSet.delete(stream)) this.#count(stream, -1);
    });
    response.on('error', () => response.destroy());
    writeStreamHead(response);
    this.#write(stream, this.#greeting(opening));
    return true;
  }

  /** Tells everybody who follows the set, if what is served is not what it was. Returns how many; null: it is the same. */
  changed(served: ServedSet): number | null {
    const { etag } = servedText(served);
    if (this.#changed.get(served.set)?.etag === etag) return null;
    this.#changed.set(served.set, { etag, running: this.#ports.clock.running() });
    const bytes = Buffer.from(eventOf(served));
    const streams = this.#bySet.get(served.set);
    if (streams === undefined) return 0;
    for (const stream of streams) this.#write(stream, bytes);
    return streams.size;
  }

  /** What is served already when this begins is no change. */
  knows(served: ServedSet): void {
    this.#changed.set(served.set, { etag: servedText(served).etag, running: Number.NEGATIVE_INFINITY });
  }

  endOf(key: RingKey): void {
    for (const stream of this.#bySet.get(key.set) ?? []) if (stream.key === key) end(stream);
  }

  close(): void {
    this.#cancel();
    for (const streams of this.#bySet.values()) for (const stream of streams) end(stream);
  }

  #greeting({ served, lastEventId }: Opening): string {
    const retry = `retry: ${RETRY.least + Math.floor(this.#ports.random() * RETRY.more)}\n\n`;
    if (served === null) return retry;
    const { clock } = this.#ports;
    const missed =
      lastEventId === null
        ? clock.running() - (this.#changed.get(served.set)?.running ?? Number.NEGATIVE_INFINITY) < BETWEEN
        : lastEventId.slice(lastEventId.indexOf('-') + 1) !== servedText(served).etag;
    return missed ? `${retry}${eventOf(served)}` : `${retry}id: ${changeText(served)}\n\n`;
  }

  #again(): void {
    this.#cancel = this.#ports.clock.after(1_000, () => {
      this.#beat();
      this.#again();
    });
  }

  #beat(): void {
    this.#tick += 1;
    const beat = this.#tick % HEARTBEAT;
    for (const streams of this.#bySet.values()) {
      for (const stream of streams) {
        if (stream.ends <= this.#tick) end(stream);
        else if (stream.beat === beat) this.#write(stream, ALIVE);
      }
    }
  }

  #write({ response }: OpenStream, bytes: Buffer | string): void {
    if (response.writableLength > UNREAD) response.destroy();
    else response.write(bytes);
  }

  #count({ key, address }: OpenStream, by: 1 | -1): void {
    this.#all += by;
    for (const [counts, name] of [
      [this.#perKey, key.id],
      [this.#perAddress, address],
    ] as const) {
      const count = (counts.get(name) ?? 0) + by;
      if (count === 0) counts.delete(name);
      else counts.set(name, count);
    }
  }
}

/** What a client has not read would keep an ended answer open for ever. */
function end({ response }: OpenStream): void {
  if (response.writableLength > 0) response.destroy();
  else response.end();
}

function eventOf(served: ServedSet): string {
  const data = {
    type: 'refetchEvaluation',
    etag: changeText(served),
    lastModified: Math.floor(lastChange(served) / 1000),
  };
  return `id: ${changeText(served)}\nevent: message\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Epoch ms. */
function lastChange({ state }: ServedSet): number {
  let newest = 0;
  for (const { changedAt } of state.flags.values()) newest = Math.max(newest, changedAt);
  return newest;
}
