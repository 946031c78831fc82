import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  /** PEM of its own certificate and of those between it and the root. */
  readonly cert: string;
  readonly key: string;
}

export interface Signing {
  /** Name of the certificate that signs; absent: it signs itself. */
  readonly by?: string;
  readonly days?: number;
  readonly names?: string;
  readonly isAuthority?: boolean;
}

/** Whether certificates can be made on this machine. */
export function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const openssl = (folder: string, args: readonly string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });

/** Makes a certificate `<name>.crt` and its key in a folder. Days below 0: it has expired. */
export function makeCertificate(folder: string, name: string, signing: Signing = {}): Certificate {
  const { by, days = 40, names = 'DNS:localhost,IP:127.0.0.1', isAuthority = false } = signing;
  const extensions = isAuthority ? 'basicConstraints=critical,CA:true\n' : `subjectAltName=${names}\n`;
  writeFileSync(join(folder, `${name}.ext`), extensions);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
  openssl(folder, ['req', '-new', ...key, '-subj', `/O=Test ${by ?? 'self'}/CN=${name}`, '-out', `${name}.csr`]);
  const signer =
    by === undefined ? ['-signkey', `${name}.key`] : ['-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial'];
  const out = ['-extfile', `${name}.ext`, '-days', String(days), '-out', `${name}.crt`];
  openssl(folder, ['x509', '-req', '-in', `${name}.csr`, ...signer, ...out]);
  const read = (ending: string): string => readFileSync(join(folder, `${name}.${ending}`), 'utf8');
  return { cert: read('crt'), key: read('key') };
}
