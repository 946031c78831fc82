import { isIP } from 'node:net';
import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { refuseMalformed } from '../builtin/accept-split.ts';
import { parseListen } from '../builtin/listen.ts';
import type { Backend } from './backend.ts';
import { notPermitted } from './backend.ts';

/** Throws TerminalError for a split that cannot be routed by, and for names: HAProxy resolves none while it runs. */
export function refuseUnroutable(split: Split): void {
  refuseMalformed(split);
  for (const [version, { addresses }] of Object.entries(split.backends)) {
    const name = addresses.find((address) => isIP(parseListen(address)?.host ?? '') === 0);
    if (name !== undefined) {
      throw new TerminalError(`${version} has the address ${name}: HAProxy takes numbers only, such as 127.0.0.1:8080`);
    }
  }
}

/** Algorithms whose split follows the weights, as `show stat` names them; it has no name for `random`. */
const weighted = new Set(['roundrobin', 'source', 'uri', 'url_param', 'hdr', 'rdp-cookie', 'hash']);

/** Throws TerminalError for a backend whose split does not follow weights, and where its algorithm is not told. */
export function refuseUnfit({ algorithm }: Backend, name: string): void {
  if (algorithm === '') throw notPermitted();
  if (!weighted.has(algorithm)) {
    const balance = algorithm === 'unknown' ? 'an algorithm' : `\`balance ${algorithm}\``;
    throw new TerminalError(
      `The backend ${name} has ${balance} that does not split by weight: write \`balance roundrobin\``,
    );
  }
}
