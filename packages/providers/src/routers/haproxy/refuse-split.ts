import { TerminalError } from '@slipway/provider-kit';
import type { Backend } from './backend.ts';
import { notPermitted } from './backend.ts';

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
