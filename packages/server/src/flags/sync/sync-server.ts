import { promisify } from 'node:util';
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  logVerbosity,
  Server,
  type ServerCredentials,
  type ServerErrorResponse,
  setLogVerbosity,
  status,
} from '@grpc/grpc-js';
import type { Flags, ServedSet } from '@slipway/engine';
import type { Logger } from 'pino';
import { isLoopback } from '../../local/address.ts';
import { servedText } from '../answer/served-texts.ts';
import type { FlagServing } from '../flag-serving.ts';
import type { RingKey } from '../keys/key-ring.ts';
import type { FlagSync } from './flag-sync.ts';
import { syncCaller, type SyncRefusal } from './sync-caller.ts';
import { syncCredentials } from './sync-credentials.ts';
import { loadSyncProtocol, type SyncMethods, type SyncRequest } from './sync-service.ts';
import { SyncStreams } from './sync-streams.ts';

export interface SyncPorts {
  readonly flags: Pick<Flags, 'find' | 'listen'>;
  readonly flagServing: Pick<FlagServing, 'keys' | 'limits'>;
  readonly logger: Pick<Logger, 'error'>;
}

export interface FlagSyncServer {
  /** Where it listens. */
  readonly port: number;
  close(): Promise<void>;
}

/** Limits of a connection: clients send nothing but a selector, and one stream each. */
const OPTIONS = {
  'grpc.max_receive_message_length': 16 * 1024,
  'grpc.max_concurrent_streams': 100,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.keepalive_permit_without_calls': 1,
};
/** How long calls that are under way may take to end, in milliseconds. */
const END_WITHIN = 2_000;
/** What in-process providers get of a set that has no flags yet. */
const NO_FLAGS = '{"flags":{}}';

/** Serves definitions to flagd's in-process providers. Rejects with what to do where it may not, or cannot, listen. */
export async function startFlagSync(sync: FlagSync, ports: SyncPorts): Promise<FlagSyncServer> {
  const { listen, tls, insecure } = sync;
  if (tls === null && !insecure && !isLoopback(listen.host)) throw new Error(IN_THE_CLEAR(listen.host));
  // It writes to standard error, where the server's log is JSON; what matters comes as an error besides.
  setLogVerbosity(logVerbosity.NONE);
  const { methods, encode } = loadSyncProtocol();
  const texts = new WeakMap<ServedSet, Buffer>();
  const bytesOf = (served: ServedSet): Buffer => {
    const bytes = texts.get(served) ?? encode(servedText(served).json);
    texts.set(served, bytes);
    return bytes;
  };
  const streams = new SyncStreams(bytesOf);
  const server = new Server(OPTIONS);
  server.addService({ ...methods }, handlers(ports, { streams, bytesOf, empty: encode(NO_FLAGS) }));
  const credentials = syncCredentials(tls);
  const port = await bind(server, listen, credentials);
  const stopListening = ports.flags.listen((served) => streams.changed(served));
  const stopRevoking = ports.flagServing.keys.onRevoked((key) => streams.endOf(key));
  return {
    port,
    close: async () => {
      stopListening();
      stopRevoking();
      streams.close();
      const late = setTimeout(() => server.forceShutdown(), END_WITHIN);
      await promisify(server.tryShutdown.bind(server))().catch(() => server.forceShutdown());
      clearTimeout(late);
    },
  };
}

const IN_THE_CLEAR = (host: string): string =>
  `refuses to send flag definitions and keys in the clear on ${host}: give --flag-sync-cert and --flag-sync-key, or --flag-sync-insecure where a proxy in front does TLS`;

async function bind(
  server: Server,
  { host, port }: FlagSync['listen'],
  credentials: ServerCredentials,
): Promise<number> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return await new Promise((done, fail) => {
    server.bindAsync(address, credentials, (error, bound) => {
      if (error === null) done(bound);
      else fail(new Error(`cannot listen on ${address} for flag definitions: ${error.message}`, { cause: error }));
    });
  });
}

interface Sources {
  readonly streams: SyncStreams;
  readonly bytesOf: (served: ServedSet) => Buffer;
  readonly empty: Buffer;
}

type Handled<Name extends keyof SyncMethods> = ReturnType<SyncMethods[Name]['responseDeserialize']>;

function handlers({ flags, flagServing, logger }: SyncPorts, { streams, bytesOf, empty }: Sources) {
  const { keys, limits } = flagServing;
  const failed = (error: unknown): Partial<ServerErrorResponse> => {
    logger.error({ err: error }, 'a call for flag definitions failed');
    return { code: status.INTERNAL, details: "something unexpected failed; the server's log says what" };
  };
  const unary =
    <Answer>(answer: (key: RingKey) => Answer): handleUnaryCall<SyncRequest, Answer> =>
    (call, done) => {
      syncCaller(keys, call.metadata, call.request.selector ?? '')
        .then((key) => (isRefusal(key) ? done(key) : done(null, answer(key))))
        .catch((error: unknown) => done(failed(error)));
    };
  const SyncFlags: handleServerStreamingCall<SyncRequest, Buffer> = (call) => {
    const refuse = (refusal: Partial<ServerErrorResponse>): void => void call.emit('error', refusal);
    syncCaller(keys, call.metadata, call.request.selector)
      .then((key) => {
        if (call.cancelled) return;
        if (isRefusal(key)) return refuse(key);
        if (streams.count >= limits.syncStreams) return refuse(TOO_MANY);
        const served = flags.find(key.set);
        streams.open(call, key, served === null ? empty : bytesOf(served));
      })
      .catch((error: unknown) => refuse(failed(error)));
  };
  return {
    SyncFlags,
    FetchAllFlags: unary<Handled<'FetchAllFlags'>>(({ set }) => {
      const served = flags.find(set);
      return { flagConfiguration: served === null ? NO_FLAGS : servedText(served).json };
    }),
    GetMetadata: unary<Handled<'GetMetadata'>>(({ set }) => ({
      metadata: { fields: { flagSetId: { stringValue: set } } },
    })),
  };
}

const TOO_MANY: SyncRefusal = {
  code: status.RESOURCE_EXHAUSTED,
  details: 'as many providers follow this server as may: ask another, or try again later',
};

function isRefusal(key: RingKey | SyncRefusal): key is SyncRefusal {
  return 'code' in key;
}
