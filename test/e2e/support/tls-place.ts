import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:tls';

export interface TlsPlace extends AsyncDisposable {
  readonly port: number;
}

/** A real TLS server on the loopback address. Its certificate, of 40 days, signs itself, and stands in `folder` as `ca.pem`. */
export async function startTlsPlace(folder: string): Promise<TlsPlace> {
  const [key, cert] = [join(folder, 'ca.key'), join(folder, 'ca.pem')];
  const names = 'subjectAltName=IP:127.0.0.1';
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert];
  const argv = ['req', '-x509', ...made, '-days', '40', '-subj', '/CN=shop', '-addext', names];
  execFileSync('openssl', argv, { stdio: 'ignore' });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
    socket.on('error', () => undefined).end();
  });
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const close = async (): Promise<void> => {
    server.close();
    await once(server, 'close');
  };
  return { port: typeof address === 'object' && address !== null ? address.port : 0, [Symbol.asyncDispose]: close };
}
