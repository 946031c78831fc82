import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { RECORD_TYPES } from './record-types.ts';
import { parseServerAddress } from './server-address.ts';

// Underscores stand in names of services; dns-packet would cut a longer label short.
const domainName = z
  .string()
  .max(253)
  .regex(/^(?:[A-Za-z0-9_*-]{1,63}\.)*[A-Za-z0-9_-]{1,63}\.?$/, {
    error: 'write a domain name in ASCII (an international one as xn--...), like www.shop.example',
  });

const value = z.string().min(1).max(1000);

const resolver = z.string().refine((text) => parseServerAddress(text) !== null, {
  error: 'write the IP address of a DNS server, with a port where it is not 53, like 192.0.2.53 or 192.0.2.53:5353',
});

const DAY_MS = 86_400_000;

export const dnsCheckSchema = z
  .strictObject({
    name: domainName.describe('Domain name to ask for. Example: www.shop.example.'),
    type: z.enum(RECORD_TYPES).default('A').describe('Type of the records. Default: A. Example: CNAME.'),
    expect: z
      .union([value, z.array(value).min(1).max(100)])
      .optional()
      .describe(
        'What the records must be; * stands for any text. An MX record reads "10 mail.shop.example", a CAA record \'0 issue "letsencrypt.org"\'. Default: that there is a record. Example: [192.0.2.10, 192.0.2.11] or "*.vercel-dns.com".',
      ),
    match: z
      .enum(['exact', 'all', 'any'])
      .default('exact')
      .describe(
        'How records and expected values go together. exact: every value is found, and no record beside them; all: every value is found; any: one of them is. Default: exact. Example: any.',
      ),
    'max-ttl': duration({ min: 1000, max: 400 * DAY_MS })
      .optional()
      .describe(
        "Longest time to live that the records may have, so that a cut-over reaches everybody soon. Where a resolver answers from its cache, the zone's own name servers are asked too: a cache only knows what is left. Default: any. Example: 5m.",
      ),
    resolver: z
      .union([resolver, z.array(resolver).min(1).max(10)])
      .optional()
      .describe(
        "DNS servers to ask, by address and port; all must give the same records. Default: the first of the system's that answers. Example: [1.1.1.1, 8.8.8.8:53].",
      ),
    timeout: duration({ min: 1 })
      .prefault('5s')
      .describe('How long to wait for each server. Default: 5s. Example: 2s.'),
  })
  .refine((config) => config.match === 'exact' || config.expect !== undefined, {
    error: 'match needs expect: say which values',
    path: ['match'],
  })
  .describe('The records of a domain name are the expected ones, with a short enough time to live.');

export type DnsCheckConfig = z.infer<typeof dnsCheckSchema>;
