import { duration } from '@slipway/provider-kit';
import { z } from 'zod';

const hostName = z.string().regex(/^[^\s/@:]{1,253}$|^[0-9a-fA-F:]{2,45}$/, {
  error: 'write a host name or an address without scheme, port or path, like shop.example',
});

export const tlsCheckSchema = z
  .strictObject({
    host: hostName.describe('Host to connect to: a name or an IP address. Example: shop.example.'),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .default(443)
      .describe('Port that speaks TLS at once. Default: 443. Example: 8443.'),
    'server-name': hostName
      .optional()
      .describe(
        'Name that is asked for (SNI) and that the certificate must hold. Default: the host. Example: shop.example.',
      ),
    'days-left': z
      .int()
      .min(0)
      .max(3650)
      .default(14)
      .describe(
        'Whole days that every certificate which the server sends must still be valid. Default: 14. Example: 90.',
      ),
    issuer: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        "Text within the organisation or the common name of the certificate's issuer. Default: any trusted issuer. Example: Let's Encrypt.",
      ),
    names: z
      .array(hostName)
      .max(100)
      .default([])
      .describe(
        'More host names that the certificate must be valid for. Example: [www.shop.example, api.shop.example].',
      ),
    ca: z
      .string()
      .min(1)
      .optional()
      .describe(
        "PEM file of the authorities to trust instead of the usual ones, relative to the launch plan's folder. Default: the authorities that Node.js trusts. Example: certs/internal-ca.pem.",
      ),
    timeout: duration({ min: 1 })
      .prefault('10s')
      .describe('How long connecting and the handshake may take together. Default: 10s. Example: 5s.'),
  })
  .describe("A TLS server's certificate is trusted, for the right names, and valid for some days more.");

export type TlsCheckConfig = z.infer<typeof tlsCheckSchema>;
