import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import { RetryableError } from '@slipway/provider-kit';

export interface HandshakeRequest {
  readonly host: string;
  readonly port: number;
  readonly serverName: string;
  /** PEM; null: the authorities that Node.js trusts. */
  readonly ca: string | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type Handshake =
  | {
      readonly kind: 'done';
      /** Why the chain or the name is not to be trusted; null where both are verified. */
      readonly distrust: string | null;
      readonly protocol: string;
      /** As the server sent them, its own first. */
      readonly chain: readonly X509Certificate[];
    }
  /** Somebody answered, but not with a handshake that can be completed. */
  | { readonly kind: 'refused'; readonly reason: string };

/** More certificates than a server would send in earnest. */
const LONGEST_CHAIN = 10;

/** Shakes hands with a TLS server and hangs up. Throws RetryableError where it cannot be reached; rejects with the signal's reason on abort. */
export async function shakeHands(request: HandshakeRequest): Promise<Handshake> {
  const { host, port, serverName, ca } = request;
  request.signal.throwIfAborted();
  const socket = connect({
    host,
    port,
    // An address is no server name (RFC 6066, 3).
    ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
    ...(ca === null ? {} : { ca }),
    // The chain is verified all the same, and what came of it is read below: breaking off would leave a failed check without
    // the certificate that it failed for. Nothing is ever sent on this connection.
    rejectUnauthorized: false,
  });
  try {
    await settled(socket, request);
    return readHandshake(socket);
  } catch (error) {
    request.signal.throwIfAborted();
    return refusalOf(error, `${host}:${port}`);
  } finally {
    socket.destroy();
  }
}

async function settled(socket: TLSSocket, { host, port, timeoutMs, signal }: HandshakeRequest): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = (): void => reject(signal.reason);
  const late = (): void => reject(new RetryableError(`${host}:${port}: no TLS handshake within ${timeoutMs} ms`));
  const timer = setTimeout(late, Math.min(timeoutMs, 2_147_483_647));
  signal.addEventListener('abort', onAbort, { once: true });
  socket.once('secureConnect', resolve);
  socket.once('close', () => reject(new RetryableError(`${host}:${port}: the connection was closed in the handshake`)));
  // Also keeps an error after the handshake from being nobody's.
  socket.on('error', reject);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

function readHandshake(socket: TLSSocket): Handshake {
  const protocol = socket.getProtocol() ?? 'unknown';
  const chain: X509Certificate[] = [];
  for (let next = socket.getPeerX509Certificate(); next !== undefined; next = next.issuerCertificate) {
    if (chain.length === LONGEST_CHAIN || chain.at(-1)?.fingerprint256 === next.fingerprint256) break;
    chain.push(next);
  }
  // Unknown is not trusted: only a plain `true` is.
  const distrust = socket.authorized === true ? null : distrustOf(socket.authorizationError);
  return { kind: 'done', distrust, protocol, chain };
}

function distrustOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return typeof error === 'string' ? error : 'the chain could not be verified';
}

/** What OpenSSL calls an error was an answer in bytes; all else is a network in the way. */
function refusalOf(error: unknown, address: string): Handshake {
  if (error instanceof RetryableError) throw error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return { kind: 'refused', reason: code };
  throw new RetryableError(`${address} cannot be reached (${code})`);
}
