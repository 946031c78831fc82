import { fileURLToPath } from 'node:url';
import type { MethodDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

export interface SyncRequest {
  readonly selector: string;
}

type Unary<Answer> = MethodDefinition<SyncRequest, Answer>;

/** flagd's sync service. The answers of the first are written once for all who follow a set: they come as bytes. */
export interface SyncMethods {
  readonly SyncFlags: Unary<Buffer>;
  readonly FetchAllFlags: Unary<{ readonly flagConfiguration: string }>;
  readonly GetMetadata: Unary<{
    readonly metadata: { readonly fields: Readonly<Record<string, { stringValue: string }>> };
  }>;
}

export interface SyncProtocol {
  readonly methods: SyncMethods;
  /** A definition as SyncFlags sends it. */
  readonly encode: (definition: string) => Buffer;
}

export function loadSyncProtocol(): SyncProtocol {
  const file = fileURLToPath(new URL('sync.proto', import.meta.url));
  const loaded = loadSync(file, { keepCase: false, defaults: true, oneofs: true });
  const service = loaded['flagd.sync.v1.FlagSyncService'];
  if (service === undefined || 'format' in service) throw new Error('sync.proto has no FlagSyncService');
  // As sync.proto beside this file has them.
  const { SyncFlags, FetchAllFlags, GetMetadata } = service as unknown as SyncMethods & {
    readonly SyncFlags: Unary<unknown>;
  };
  const { responseSerialize } = SyncFlags as Unary<unknown>;
  return {
    methods: { SyncFlags: { ...SyncFlags, responseSerialize: (bytes) => bytes }, FetchAllFlags, GetMetadata },
    encode: (flagConfiguration) => responseSerialize({ flagConfiguration }),
  };
}
