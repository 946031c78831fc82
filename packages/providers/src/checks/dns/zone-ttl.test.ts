import { RetryableError } from '@slipway/provider-kit';
import { rejectionOf } from '@slipway/provider-kit/testing';
import type { Answer } from 'dns-packet';
import { expect, it } from 'vitest';
import type { DnsServer } from './testing/dns-server.ts';
import { startDnsServer } from './testing/dns-server.ts';
import { askZone } from './zone-ttl.ts';

const NAME = 'www.shop.example';
const asking = { timeoutMs: 300, signal: new AbortController().signal };

/** A cache that knows where the name servers are: both on the loopback address. */
const startCache = async (): Promise<DnsServer> =>
  await startDnsServer(({ name, type }) => {
    const ns = (data: string): Answer => ({ type: 'NS', name: 'shop.example', data, ttl: 60 });
    if (type === 'NS')
      return { answers: name === 'shop.example' ? [ns('ns1.dns.example'), ns('ns2.dns.example')] : [] };
    if (type === 'A')
      return { answers: name === 'ns1.dns.example' ? [{ type: 'A', name, data: '127.0.0.1', ttl: 60 }] : [] };
    return { code: 2 };
  });

const ask = async (cache: DnsServer, zone: DnsServer) =>
  await askZone(
    { name: NAME, type: 'A', resolver: { address: '127.0.0.1', port: cache.port }, port: zone.port },
    asking,
  );

it('asks the name servers of the zone that the name is in', async () => {
  const answers: readonly Answer[] = [{ type: 'A', name: NAME, data: '192.0.2.1', ttl: 3600 }];
  await using zone = await startDnsServer(() => ({ answers, isAuthoritative: true, recursion: false }));
  await using cache = await startCache();
  const [answer, ...rest] = await ask(cache, zone);
  expect(rest).toEqual([]);
  expect(answer?.records).toMatchObject([{ ttl: 3600 }]);
  expect(zone.asked).toEqual([`udp A ${NAME}`]);
  expect(cache.asked.slice(0, 2)).toEqual([`udp NS ${NAME}`, 'udp NS shop.example']);
});

it.each([
  ['has the answer from elsewhere', { answers: [] }],
  ['does not answer', null],
  ['refuses', { code: 5 }],
])('gives up on a name server that %s', async (_title, reply) => {
  await using zone = await startDnsServer(() => reply);
  await using cache = await startCache();
  expect(await rejectionOf(ask(cache, zone))).toBeInstanceOf(RetryableError);
});
