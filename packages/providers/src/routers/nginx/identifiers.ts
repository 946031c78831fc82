import { hash } from 'node:crypto';

// A version or an environment may be called anything. Nothing that somebody wrote gets into nginx's configuration: hashes do.

/** How a version is called in nginx's configuration, in links and in the log. */
export const idOf = (version: string): string => hash('sha256', version, 'hex').slice(0, 16);

/** What the names of an environment's variables and upstreams begin with. */
export const prefixOf = (environment: string): string => `slipway_${hash('sha256', environment, 'hex').slice(0, 12)}`;

/** Stands for a version where there is none. */
export const nobody = 'none';
