import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, FlagCounter, Flags, ServedSet } from '@slipway/engine';
import type { EvaluationContext } from '@slipway/flags';
import { requireLoopbackHost } from '../../api/require-loopback-host.ts';
import { type Asked, countExposures, noFlags, SetAnswers } from '../answer/set-answers.ts';
import type { FlagTally } from '../flag-tally.ts';
import type { KeyRing, RingKey } from '../keys/key-ring.ts';
import type { FlagLimits } from '../limits.ts';
import type { CatchUp } from '../stream/catch-up.ts';
import type { Deliveries } from '../stream/delivery.ts';
import type { FlagStreams } from '../stream/flag-streams.ts';
import { keyOfToken, streamToken, windowOf } from '../stream/stream-token.ts';
import type { ToldChange } from '../stream/told-change.ts';
import { authenticate, isRefusal } from './authenticate.ts';
import type { FlagRefusal } from './flag-refusal.ts';
import { etagOf, knows, markOf, matching } from './if-none-match.ts';
import { type OfrepAddress, ofrepAddress } from './ofrep-address.ts';
import { readBody } from './read-body.ts';
import { readContext } from './read-context.ts';
import {
  FAILED,
  noSet,
  NOT_ALONE,
  NOT_FOR_HERE,
  OLD_TOKEN,
  STOPPING,
  TOO_LARGE,
  TOO_MANY_STREAMS,
  tooMany,
  UNREADABLE_KEY,
} from './refusals.ts';
import { RequestRate } from './request-rate.ts';
import { type Exchange, writeJson, writeNotModified, writePreflight, writeRefusal } from './write-answer.ts';

export interface OfrepPorts {
  readonly flags: Pick<Flags, 'find' | 'staleSince'>;
  readonly counter: Pick<FlagCounter, 'exposure'>;
  readonly ring: KeyRing;
  readonly streams: FlagStreams;
  readonly deliveries: Deliveries;
  readonly catchUp: CatchUp;
  readonly tally: FlagTally;
  readonly clock: Clock;
  readonly limits: FlagLimits;
  /** It listens to this machine alone. */
  readonly loopback: boolean;
  readonly stopping: AbortSignal;
  readonly onError: (error: unknown) => void;
}

/** Seconds that a page may be hidden before its client closes the stream. */
const INACTIVITY = 120;
/** Behind a proxy that serves us under a path: a client takes the address of a stream from the origin, not from its base. */
const PREFIX = /^(?:\/[\w.~-]{1,100}){1,10}$/;

interface SingleAsked extends Asked {
  readonly flag: string;
}

interface BulkAsked extends Asked {
  /** The change that made the client ask. */
  readonly told: ToldChange | null;
}

/**
 * OFREP straight on Node's HTTP server: nothing is done per request that is not about this one. Frameworks' hooks, loggers and
 * validators would cost several times what an evaluation does.
 */
export class OfrepHandler {
  readonly #ports: OfrepPorts;
  readonly #perKey: RequestRate;
  readonly #perAddress: RequestRate;
  readonly #answers = new Map<string, { served: ServedSet; answers: SetAnswers }>();
  readonly #streamTexts = new WeakMap<RingKey, { window: number; prefix: string; text: string }>();
  #goodHost: string | null = null;

  constructor(ports: OfrepPorts) {
    this.#ports = ports;
    this.#perKey = new RequestRate(ports.limits.requestsPerKey);
    this.#perAddress = new RequestRate(ports.limits.requestsPerAddress);
  }

  /** false: the request is not OFREP's, and nothing was done. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const address = ofrepAddress(request.method ?? '', request.url ?? '');
    if (address === null) return false;
    const exchange: Exchange = { request, response, last: this.#ports.stopping.aborted };
    this.#guarded(exchange, () => this.#answer(exchange, address));
    return true;
  }

  #guarded(exchange: Exchange, answer: () => void): void {
    try {
      answer();
    } catch (error) {
      this.#ports.onError(error);
      if (exchange.response.headersSent) exchange.response.destroy();
      else this.#refuse(exchange, FAILED, null);
    }
  }

  #answer(exchange: Exchange, address: OfrepAddress): void {
    const { request } = exchange;
    if (!this.#isForHere(request.headers.host)) return this.#refuse(exchange, NOT_FOR_HERE, null);
    if (address.kind === 'preflight') return writePreflight(exchange);
    if (address.kind === 'stream') return this.#openStream(exchange, address.token);
    const flag = address.kind === 'single' ? address.key : null;
    this.admit(request, (key) =>
      this.#guarded(exchange, () => {
        if (isRefusal(key)) return this.#refuse(exchange, key, flag);
        return this.#read(exchange, address, key);
      }),
    );
  }

  /** Who asks, unless they ask too often. */
  admit(request: IncomingMessage, done: (key: RingKey | FlagRefusal) => void): void {
    const { clock, ring } = this.#ports;
    const wait = this.#waitOf(request);
    if (wait > 0) return done(tooMany('from this address', wait));
    authenticate(request, ring, (found) => {
      const waitOfKey = isRefusal(found) ? 0 : this.#perKey.waitFor(found.id, clock.running());
      done(waitOfKey > 0 ? tooMany('with this key', waitOfKey) : found);
    });
  }

  #waitOf(request: IncomingMessage): number {
    return this.#perAddress.waitFor(request.socket.remoteAddress ?? '', this.#ports.clock.running());
  }

  #read(exchange: Exchange, address: OfrepAddress & { kind: 'single' | 'bulk' }, key: RingKey): void {
    const flag = address.kind === 'single' ? address.key : null;
    if (address.kind === 'single' && flag === null) return this.#refuse(exchange, UNREADABLE_KEY, '');
    readBody(exchange.request, (body) =>
      this.#guarded(exchange, () => {
        if (body === 'cut-off') return;
        const read = body === 'too-large' ? TOO_LARGE : readContext(body);
        if ('errorCode' in read) return this.#refuse(exchange, read, flag);
        if (address.kind === 'single')
          return this.#single(exchange, key, { ...this.#asked(read.context), flag: flag ?? '' });
        return this.#afterChange(key.set, address.told, () =>
          this.#guarded(exchange, () =>
            this.#bulk(exchange, key, { ...this.#asked(read.context), told: address.told }),
          ),
        );
      }),
    );
  }

  #asked(context: EvaluationContext): Asked {
    const { clock, flags } = this.#ports;
    return { context, now: Math.floor(clock.now() / 1000), stale: flags.staleSince() !== null };
  }

  #afterChange(set: string, told: ToldChange | null, go: () => void): void {
    if (told === null) return go();
    const { catchUp, flags } = this.#ports;
    catchUp.reach(set, { served: flags.find(set)?.state.version ?? 0, told: told.version }, go);
  }

  #single(exchange: Exchange, key: RingKey, { flag, ...asked }: SingleAsked): void {
    const answers = this.#answersOf(key.set);
    if (answers === null) return this.#refuse(exchange, noSet(key.set), flag);
    const { status, text, exposure } = answers.single(flag, asked);
    this.#ports.tally.evaluated(1);
    exposure?.count();
    writeJson(exchange, { status, text });
  }

  #bulk(exchange: Exchange, key: RingKey, { told, ...asked }: BulkAsked): void {
    const { clock, deliveries, tally } = this.#ports;
    const now = clock.now();
    if (told !== null) deliveries.fetched(key.set, told.etag, now);
    const answers = this.#answersOf(key.set);
    const bulk = answers?.bulk(asked) ?? noFlags(key.set);
    tally.evaluated(answers?.flags ?? 0);
    const has = exchange.request.headers['if-none-match'];
    const tagged = { hash: bulk.hash, mark: markOf(key) };
    const etag = etagOf(tagged, windowOf(now));
    const match = has === undefined ? null : has === etag ? etag : matching(has, tagged, now);
    if (match !== null) return writeNotModified(exchange, match === '*' ? etag : match);
    // A client that only needs a new address for its stream has met these already.
    if (has === undefined || !knows(has, bulk.hash)) countExposures(bulk);
    const streams = this.#streamText(exchange.request, key, now);
    // What leads to the stream is ASCII.
    const bytes = bulk.bytes + streams.length + 2;
    return writeJson(exchange, { status: 200, text: `{${bulk.text}${streams}}`, bytes, headers: ['etag', etag] });
  }

  /** Once for each quarter of an hour, most of the time. */
  #streamText(request: IncomingMessage, key: RingKey, now: number): string {
    const window = windowOf(now);
    const forwarded = request.headers['x-forwarded-prefix'];
    const prefix = typeof forwarded === 'string' && PREFIX.test(forwarded) ? forwarded : '';
    const known = this.#streamTexts.get(key);
    if (known !== undefined && known.window === window && known.prefix === prefix) return known.text;
    const requestUri = `${prefix}/ofrep/v1/stream?token=${encodeURIComponent(streamToken(key, window))}`;
    const stream = { type: 'sse', endpoint: { requestUri }, inactivityDelaySec: INACTIVITY };
    const text = `,"eventStreams":${JSON.stringify([stream])}`;
    this.#streamTexts.set(key, { window, prefix, text });
    return text;
  }

  #openStream(exchange: Exchange, token: string): void {
    const { ring, clock, flags, streams, stopping } = this.#ports;
    const { request, response } = exchange;
    const wait = this.#waitOf(request);
    if (wait > 0) return this.#refuse(exchange, tooMany('from this address', wait), null);
    const key = keyOfToken(token, clock.now(), (id) => ring.byId(id));
    if (key === null) return this.#refuse(exchange, OLD_TOKEN, null);
    if (stopping.aborted) return this.#refuse(exchange, STOPPING, null);
    // It would be told nothing for as long as the answer before it goes on.
    if (response.socket === null) return this.#refuse(exchange, NOT_ALONE, null);
    const last = request.headers['last-event-id'];
    const lastEventId = typeof last === 'string' && last !== '' ? last : null;
    const address = request.socket.remoteAddress ?? '';
    const opened = streams.open({ response, key, address, lastEventId, served: flags.find(key.set) });
    if (!opened) return this.#refuse(exchange, TOO_MANY_STREAMS, null);
  }

  #answersOf(set: string): SetAnswers | null {
    const served = this.#ports.flags.find(set);
    if (served === null) return null;
    const known = this.#answers.get(set);
    if (known?.served === served) return known.answers;
    const answers = new SetAnswers(served, (met) => this.#ports.counter.exposure(set, met));
    this.#answers.set(set, { served, answers });
    return answers;
  }

  #isForHere(host: string | undefined): boolean {
    if (!this.#ports.loopback || (host !== undefined && host === this.#goodHost)) return true;
    try {
      requireLoopbackHost(host);
      this.#goodHost = host ?? null;
      return true;
    } catch {
      return false;
    }
  }

  #refuse(exchange: Exchange, refusal: FlagRefusal, key: string | null): void {
    this.#ports.tally.refused(refusal.status);
    writeRefusal(exchange, refusal, key);
  }
}
