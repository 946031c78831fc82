import { createSecureContext } from 'node:tls';
import { ServerCredentials } from '@grpc/grpc-js';
import { reasonOf } from '@slipway/provider-kit';
import type { FlagSync } from './flag-sync.ts';

/** Throws where the certificate and its key are not what they should be: grpc would say that it cannot listen. */
export function syncCredentials(tls: FlagSync['tls']): ServerCredentials {
  if (tls === null) return ServerCredentials.createInsecure();
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new Error(
      `--flag-sync-cert and --flag-sync-key must be a certificate and its private key without a passphrase, both as PEM: ${reasonOf(error)}`,
      { cause: error },
    );
  }
  return ServerCredentials.createSsl(null, [{ cert_chain: tls.cert, private_key: tls.key }]);
}
