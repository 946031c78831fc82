import { reasonOf, TerminalError } from '@slipway/provider-kit';
import type { Listen } from './listen.ts';
import { formatListen } from './listen.ts';
import type { Proxy } from './proxy.ts';

/** Where the proxy listens from now on. Throws TerminalError, in words of the configuration, when it cannot. */
export async function startListening(proxy: Proxy, listen: Listen): Promise<Listen> {
  try {
    return await proxy.listen(listen);
  } catch (thrown) {
    throw new TerminalError(`${formatListen(listen)} ${refusal(thrown)}`, { cause: thrown });
  }
}

function refusal(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code === 'EADDRINUSE') return "is taken by another program: end that one, or change the router's key `listen`";
  if (code === 'EACCES') return "needs a privilege to listen on: change the router's key `listen`, e.g. to 8080";
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return "is no address of this machine: change the router's key `listen`";
  }
  return `cannot be listened on (${reasonOf(thrown)}): change the router's key \`listen\``;
}
