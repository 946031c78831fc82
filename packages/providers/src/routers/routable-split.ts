import { isIP } from 'node:net';
import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { refuseMalformed } from './builtin/accept-split.ts';
import { parseListen } from './builtin/listen.ts';

/**
 * What a router routes by that makes no copies of requests; `router` is what people call it. Throws TerminalError for a split that
 * cannot be routed by, for a mirror, and for names: it resolves none while it runs.
 */
export function routableSplit(split: Split, router: string): Omit<Split, 'mirror'> {
  refuseMalformed(split);
  const { revision, backends, mirror = null } = split;
  if (mirror !== null) {
    throw new TerminalError(`${router} makes no copies of requests for ${mirror.version}: take the router builtin`);
  }
  for (const [version, { addresses }] of Object.entries(backends)) {
    const name = addresses.find((address) => isIP(parseListen(address)?.host ?? '') === 0);
    if (name !== undefined) {
      throw new TerminalError(
        `${version} has the address ${name}: ${router} takes numbers only, such as 127.0.0.1:8080`,
      );
    }
  }
  return { revision, backends };
}
