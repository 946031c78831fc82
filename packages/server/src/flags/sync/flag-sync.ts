import type { Address } from '../../local/address.ts';

/** Where in-process providers get definitions over gRPC. */
export interface FlagSync {
  readonly listen: Address;
  /** PEM; null: in the clear, which beyond loopback must be asked for. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** A proxy in front of it does TLS, or the network is trusted. */
  readonly insecure: boolean;
}
