/** Where a server answers and who we are to it. */
export interface Endpoint {
  readonly url: URL;
  readonly token: string;
}

/** Asked before every request: a local server that was started again has a new address and perhaps a new token. */
export type FindEndpoint = () => Promise<Endpoint>;
