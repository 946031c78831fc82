/** How much is served. Generous: they keep one application, or one address, from taking all of a server. */
export interface FlagLimits {
  /** Requests a second, over ten seconds, with one key. */
  readonly requestsPerKey: number;
  /** Requests a second, over ten seconds, from one address: a proxy's is that of everybody behind it. */
  readonly requestsPerAddress: number;
  /** Open event streams of one server. */
  readonly streams: number;
  readonly streamsPerKey: number;
  readonly streamsPerAddress: number;
  /** In-process providers that follow one server over gRPC. */
  readonly syncStreams: number;
}

export const DEFAULT_FLAG_LIMITS: FlagLimits = {
  requestsPerKey: 50_000,
  requestsPerAddress: 50_000,
  streams: 20_000,
  streamsPerKey: 20_000,
  streamsPerAddress: 20_000,
  syncStreams: 5_000,
};
