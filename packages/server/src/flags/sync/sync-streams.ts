import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ServedSet } from '@slipway/engine';
import type { RingKey } from '../keys/key-ring.ts';
import type { SyncRequest } from './sync-service.ts';

type Call = ServerWritableStream<SyncRequest, Buffer>;

interface SyncStream {
  readonly call: Call;
  readonly key: RingKey;
  /** What the reader is too slow for: only the newest. */
  waiting: Buffer | null;
}

/** Who follows which set. */
export class SyncStreams {
  readonly #encode: (served: ServedSet) => Buffer;
  readonly #bySet = new Map<string, Set<SyncStream>>();
  #all = 0;

  constructor(encode: (served: ServedSet) => Buffer) {
    this.#encode = encode;
  }

  get count(): number {
    return this.#all;
  }

  open(call: Call, key: RingKey, first: Buffer): void {
    const stream: SyncStream = { call, key, waiting: null };
    const ofSet = this.#bySet.get(key.set) ?? new Set();
    this.#bySet.set(key.set, ofSet.add(stream));
    this.#all += 1;
    const leave = (): void => {
      if (ofSet.delete(stream)) this.#all -= 1;
    };
    call.on('cancelled', leave).on('close', leave).on('error', leave).on('finish', leave);
    send(stream, first);
  }

  changed(served: ServedSet): void {
    const streams = this.#bySet.get(served.set);
    if (streams === undefined || streams.size === 0) return;
    const bytes = this.#encode(served);
    for (const stream of streams) send(stream, bytes);
  }

  /** Its clients come back, and are turned away. */
  endOf(key: RingKey): void {
    for (const stream of this.#bySet.get(key.set) ?? []) if (stream.key === key) stream.call.end();
  }

  close(): void {
    for (const streams of this.#bySet.values()) for (const { call } of streams) call.end();
  }
}

/** A reader who is slow gets the newest when it has read the one before: what was between them it never needs. */
function send(stream: SyncStream, bytes: Buffer): void {
  const { call } = stream;
  if (stream.waiting !== null) {
    stream.waiting = bytes;
    return;
  }
  if (call.write(bytes)) return;
  // Empty: nothing came since.
  stream.waiting = NOTHING;
  call.once('drain', () => {
    const newest = stream.waiting;
    stream.waiting = null;
    if (newest !== null && newest !== NOTHING) send(stream, newest);
  });
}

const NOTHING = Buffer.alloc(0);
