import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, FlagCounter, FlagKeys, Flags } from '@slipway/engine';
import type { Logger } from 'pino';
import type { FlagFigures } from '../telemetry/flag-metrics.ts';
import { FlagTally } from './flag-tally.ts';
import { OfrepHandler } from './http/ofrep-handler.ts';
import type { FlagRefusal } from './http/flag-refusal.ts';
import { KeyRing, type RingKey } from './keys/key-ring.ts';
import { DEFAULT_FLAG_LIMITS, type FlagLimits } from './limits.ts';
import { CatchUp } from './stream/catch-up.ts';
import { Deliveries, type FlagDelivery } from './stream/delivery.ts';
import { FlagStreams } from './stream/flag-streams.ts';

export interface FlagServingPorts {
  readonly flags: Pick<Flags, 'find' | 'sets' | 'listen' | 'staleSince'>;
  readonly flagKeys: Pick<FlagKeys, 'all'>;
  readonly flagCounter: Pick<FlagCounter, 'exposure' | 'report'>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
  /** It listens to this machine alone. */
  readonly loopback: boolean;
  /** Aborted when the server stops: streams end. */
  readonly stopping: AbortSignal;
  readonly limits?: Partial<FlagLimits>;
  /** 0 to 1. */
  readonly random?: () => number;
}

/** Flags as applications get them. */
export interface FlagServing {
  readonly keys: KeyRing;
  readonly limits: FlagLimits;
  /** Answers a request of OFREP. false: it is none, and nothing was done. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** The key that a request shows, or why it may not ask now. */
  admit(request: IncomingMessage): Promise<RingKey | FlagRefusal>;
  /** How far the newest change of a set has got; null: nothing has changed since this server started. */
  delivery(set: string): FlagDelivery | null;
  openStreams(): number;
  /** For the metrics. */
  figures(): FlagFigures;
  /** Loads the keys, and tells of changes from then on. To be called once the flags are open. */
  open(): Promise<void>;
  close(): void;
}

/** Nothing is read before it is opened. */
export function createFlagServing(ports: FlagServingPorts): FlagServing {
  const { flags, clock, logger, stopping, loopback, random = Math.random } = ports;
  const limits = { ...DEFAULT_FLAG_LIMITS, ...ports.limits };
  const ring = new KeyRing({
    keys: ports.flagKeys,
    clock,
    onError: (error) => logger.warn({ err: error }, 'evaluation keys cannot be read; those that were known go on'),
  });
  const streams = new FlagStreams({ clock, limits, random });
  const deliveries = new Deliveries();
  const catchUp = new CatchUp(clock);
  const tally = new FlagTally();
  const handler = new OfrepHandler({
    flags,
    counter: ports.flagCounter,
    ring,
    streams,
    deliveries,
    catchUp,
    tally,
    clock,
    limits,
    loopback,
    stopping,
    onError: (error) => logger.error({ err: error }, 'a request for flags failed'),
  });
  const closing: (() => void)[] = [];
  const close = (): void => {
    ring.close();
    catchUp.close();
    streams.close();
    for (const each of closing.splice(0)) each();
  };
  stopping.addEventListener('abort', close, { once: true });
  return {
    keys: ring,
    limits,
    handle: (request, response) => handler.handle(request, response),
    admit: (request) => new Promise((done) => handler.admit(request, done)),
    delivery: (set) => deliveries.of(set),
    openStreams: () => streams.count,
    figures: () => ({ evaluations: tally.evaluations, refusals: tally.refusals, streams: streams.count }),
    open: async () => {
      closing.push(ring.onRevoked((key) => streams.endOf(key)));
      closing.push(
        flags.listen((served) => {
          const told = streams.changed(served);
          if (told !== null) deliveries.changed(served, told, clock.now());
          catchUp.changed(served);
        }),
      );
      for (const served of flags.sets()) streams.knows(served);
      await ring.open();
    },
    close,
  };
}
