/** What a file may hold after parsing. */
export type PlanJson = null | boolean | number | string | readonly PlanJson[] | { readonly [key: string]: PlanJson };

/** A secret is named, never written: an environment variable of the server, or a file. */
export type SecretRef = { readonly env: string } | { readonly file: string };

/** Which provider, and its configuration as written (checked against the provider's schema; templates not yet rendered). */
export interface ProviderUse {
  readonly provider: string;
  readonly config: PlanJson;
}
