import { RetryableError } from '@slipway/provider-kit';
import { contextFor, createTestContext, describeCheckConformance, rejectionOf } from '@slipway/provider-kit/testing';
import type { Answer } from 'dns-packet';
import { describe, expect, it, vi } from 'vitest';
import { dnsCheck } from './index.ts';
import type { Reply } from './testing/dns-server.ts';
import { startDnsServer } from './testing/dns-server.ts';

const NAME = 'www.shop.example';
const a = (data: string, ttl = 300, name = NAME): Answer => ({ type: 'A', name, data, ttl });

const RECORDS: Readonly<Record<string, readonly Answer[]>> = {
  A: [a('192.0.2.10'), a('192.0.2.11', 60)],
  AAAA: [{ type: 'AAAA', name: NAME, data: '2001:db8::1', ttl: 300 }],
  CNAME: [{ type: 'CNAME', name: NAME, data: 'Cname.Vercel-DNS.com', ttl: 300 }],
  MX: [
    { type: 'MX', name: NAME, data: { preference: 10, exchange: 'mail.shop.example' }, ttl: 300 },
    { type: 'MX', name: NAME, data: { preference: 20, exchange: 'backup.shop.example' }, ttl: 300 },
  ],
  TXT: [
    { type: 'TXT', name: NAME, data: ['v=spf1 include:_spf.', 'shop.example -all'], ttl: 300 },
    { type: 'TXT', name: NAME, data: ['verify=Abc'], ttl: 300 },
  ],
  NS: [{ type: 'NS', name: NAME, data: 'ns1.shop.example', ttl: 300 }],
  CAA: [{ type: 'CAA', name: NAME, data: { flags: 0, tag: 'issue', value: 'letsencrypt.org' }, ttl: 300 }],
};

const startZone = async (reply: Omit<Reply, 'answers'> = {}) =>
  await startDnsServer(({ type }) => ({ answers: RECORDS[type] ?? [], isAuthoritative: true, ...reply }));

const run = async (config: object, signal: AbortSignal = new AbortController().signal) =>
  await dnsCheck.run(
    dnsCheck.schema.parse({ name: NAME, ...config }),
    contextFor(dnsCheck.needs, createTestContext({ signal })),
  );

describeCheckConformance(dnsCheck, async () => {
  const zone = await startZone();
  const silent = await startDnsServer(() => null);
  const gone = await startDnsServer(() => null);
  await gone[Symbol.asyncDispose]();
  return {
    context: {},
    passing: { name: NAME, resolver: zone.address, expect: ['192.0.2.10', '192.0.2.11'], 'max-ttl': '5m' },
    failing: { name: NAME, resolver: zone.address, expect: '192.0.2.99' },
    cannotAsk: { name: NAME, resolver: gone.address },
    endless: {
      config: { name: NAME, resolver: silent.address, timeout: '1h' },
      begun: async () => void (await vi.waitUntil(() => silent.asked.length === 1, { timeout: 5000 })),
    },
    [Symbol.asyncDispose]: async () => {
      await zone[Symbol.asyncDispose]();
      await silent[Symbol.asyncDispose]();
    },
  };
});

describe('dns check: records', () => {
  it.each([
    ['A', {}, 'pass', '192.0.2.10, 192.0.2.11'],
    ['A', { expect: ['192.0.2.11', '192.0.2.10'] }, 'pass', '192.0.2.10, 192.0.2.11'],
    ['A', { expect: '192.0.2.10' }, 'fail', '192.0.2.10, 192.0.2.11'],
    ['A', { expect: '192.0.2.10', match: 'all' }, 'pass', '192.0.2.10, 192.0.2.11'],
    ['A', { expect: ['192.0.2.10', '192.0.2.12'], match: 'all' }, 'fail', '192.0.2.10, 192.0.2.11'],
    ['A', { expect: ['192.0.2.10', '192.0.2.12'], match: 'any' }, 'pass', '192.0.2.10, 192.0.2.11'],
    ['A', { expect: ['192.0.2.12'], match: 'any' }, 'fail', '192.0.2.10, 192.0.2.11'],
    ['A', { expect: '192.0.2.*' }, 'pass', '192.0.2.10, 192.0.2.11'],
    ['A', { expect: '192.0.2.1' }, 'fail', '192.0.2.10, 192.0.2.11'],
    ['AAAA', { expect: '2001:DB8:0:0::1' }, 'pass', '2001:db8::1'],
    ['CNAME', { expect: 'cname.vercel-dns.com.' }, 'pass', 'cname.vercel-dns.com'],
    ['CNAME', { expect: '*.vercel-dns.com' }, 'pass', 'cname.vercel-dns.com'],
    ['CNAME', { expect: '*.netlify.app' }, 'fail', 'cname.vercel-dns.com'],
    ['MX', { expect: '10 mail.shop.example', match: 'all' }, 'pass', '10 mail.shop.example, 20 backup.shop.example'],
    ['TXT', { expect: 'v=spf1 *-all', match: 'any' }, 'pass', 'v=spf1 include:_spf.shop.example -all, verify=Abc'],
    ['TXT', { expect: 'verify=abc', match: 'any' }, 'fail', 'v=spf1 include:_spf.shop.example -all, verify=Abc'],
    ['NS', { expect: 'ns1.shop.example' }, 'pass', 'ns1.shop.example'],
    ['CAA', { expect: '0 issue "letsencrypt.org"' }, 'pass', '0 issue "letsencrypt.org"'],
  ])('%s with %j: %s', async (type, config, verdict, found) => {
    await using zone = await startZone();
    const result = await run({ type, resolver: zone.address, ...config });
    expect(result.evidence.items[0]).toMatchObject({ asked: `${type} of ${NAME} at ${zone.address}`, found, verdict });
    expect(result.verdict).toBe(verdict);
  });

  it('follows an alias to the addresses', async () => {
    const answers: readonly Answer[] = [
      { type: 'CNAME', name: NAME, data: 'edge.example', ttl: 60 },
      a('192.0.2.7', 3600, 'edge.example'),
    ];
    await using zone = await startDnsServer(() => ({ answers, isAuthoritative: true }));
    // The time to live that counts is that of the alias: it is what a cut-over changes.
    expect(await run({ resolver: zone.address, expect: '192.0.2.7', 'max-ttl': '1m' })).toMatchObject({
      verdict: 'pass',
    });
  });

  it.each([
    ['a name that does not exist', { code: 3, isAuthoritative: true }, 'there is no such name (NXDOMAIN)'],
    ['a name without such a record', { isAuthoritative: true }, 'the name has no A record'],
    ['a resolver that finds no record', {}, 'the name has no A record'],
  ])('fails for %s, with whatever expectation', async (_title, reply, found) => {
    await using zone = await startDnsServer(() => reply);
    for (const config of [{}, { expect: '*' }, { expect: '*', match: 'any' }, { 'max-ttl': '1h' }]) {
      const result = await run({ resolver: zone.address, ...config });
      expect(result.verdict).toBe('fail');
      expect(result.evidence.items[0]?.found).toBe(found);
    }
  });

  it('takes a long answer over TCP', async () => {
    await using zone = await startZone({ truncated: true });
    expect((await run({ resolver: zone.address, expect: '192.0.2.*' })).verdict).toBe('pass');
    expect(zone.asked).toEqual([`udp A ${NAME}`, `tcp A ${NAME}`]);
  });
});

describe('dns check: time to live', () => {
  it.each([
    ['5m', 'pass', '5m'],
    ['299s', 'fail', '5m'],
  ])('of the longest-lived record, at most %s: %s', async (max, verdict, found) => {
    await using zone = await startZone();
    const result = await run({ resolver: zone.address, 'max-ttl': max });
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.items[1]).toMatchObject({ asked: `time to live at ${zone.address}`, found, verdict });
  });

  it('fails at once where even a cache has more left of it', async () => {
    await using cache = await startDnsServer(() => ({ answers: [a('192.0.2.10', 3600)] }));
    const result = await run({ resolver: cache.address, 'max-ttl': '5m' });
    expect(result.evidence.summary).toBe(
      `time to live at ${cache.address} is not as expected: 1h left in its cache, expected at most 5m`,
    );
  });

  it('does not take what is left in a cache for the time to live', async () => {
    await using cache = await startDnsServer(({ type }) => ({ answers: type === 'A' ? [a('192.0.2.10', 10)] : [] }));
    const error = await rejectionOf(run({ resolver: cache.address, 'max-ttl': '5m' }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toContain('a cache only knows what is left of a time to live');
    expect(cache.asked).toEqual(
      [NAME, NAME, 'shop.example', 'example'].map((name, i) => `udp ${i === 0 ? 'A' : 'NS'} ${name}`),
    );
  });
});

describe('dns check: several resolvers', () => {
  it('passes where they agree, in whatever order they say it', async () => {
    await using one = await startZone();
    await using two = await startDnsServer(() => ({ answers: (RECORDS['A'] ?? []).toReversed() }));
    const result = await run({ resolver: [one.address, two.address] });
    expect(result.verdict).toBe('pass');
    expect(result.evidence.items.at(-1)).toMatchObject({ asked: 'resolvers agree', found: 'all 2 say the same' });
  });

  it('fails where they do not, even if each is as expected', async () => {
    await using one = await startZone();
    await using two = await startDnsServer(() => ({ answers: [a('192.0.2.12')] }));
    const result = await run({ resolver: [one.address, two.address], expect: '192.0.2.*' });
    expect(result.verdict).toBe('fail');
    expect(result.evidence.summary).toContain(`${two.address}: 192.0.2.12`);
  });

  it('cannot say where one is silent and the others say yes', async () => {
    await using one = await startZone();
    await using two = await startDnsServer(() => ({ code: 2 }));
    expect(await rejectionOf(run({ resolver: [one.address, two.address] }))).toBeInstanceOf(RetryableError);
  });

  it('fails where one is silent and another says no', async () => {
    await using one = await startDnsServer(() => ({ code: 3 }));
    await using two = await startDnsServer(() => ({ code: 2 }));
    const result = await run({ resolver: [one.address, two.address] });
    expect(result.verdict).toBe('fail');
    expect(result.evidence.items.map((item) => item.verdict)).toEqual(['fail', 'unknown']);
  });
});

describe('dns check: no answer', () => {
  it.each<readonly [string, Reply | null, RegExp]>([
    ['SERVFAIL', { code: 2 }, /SERVFAIL/],
    ['REFUSED', { code: 5 }, /REFUSED/],
    ['silence', null, /no answer within 100 ms/],
    ['a referral', { recursion: false }, /not responsible/],
    ['bytes that are no answer', { raw: Buffer.from('81800001000100000000ff', 'hex') }, /cannot be read/],
    ['another id', { wrong: 'id', answers: [a('192.0.2.66')] }, /no answer within/],
    ['another question', { wrong: 'question', answers: [a('192.0.2.66')] }, /no answer within/],
  ])('is %s', async (_title, reply, message) => {
    await using server = await startDnsServer(() => reply);
    const error = await rejectionOf(run({ resolver: server.address, timeout: '100ms' }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toMatch(message);
  });

  it('leaves aside what somebody guessed, and takes the answer', async () => {
    await using server = await startDnsServer(() => [
      { wrong: 'id', answers: [a('192.0.2.66')] },
      { wrong: 'question', answers: [a('192.0.2.66')] },
      { answers: [a('192.0.2.1')] },
    ]);
    expect((await run({ resolver: server.address, expect: '192.0.2.1' })).verdict).toBe('pass');
  });

  it('asks again when a datagram was lost', async () => {
    let lost = false;
    await using server = await startDnsServer(() => {
      if (lost) return { answers: [a('192.0.2.1')] };
      lost = true;
      return null;
    });
    expect((await run({ resolver: server.address })).verdict).toBe('pass');
    expect(server.asked).toHaveLength(2);
  });
});

describe('dns check: schema', () => {
  it.each([
    {},
    { name: '' },
    { name: 'a b' },
    { name: 'https://shop.example' },
    { name: `${'x'.repeat(64)}.example` },
    { name: NAME, type: 'SRV' },
    { name: NAME, expect: [] },
    { name: NAME, match: 'any' },
    { name: NAME, 'max-ttl': '0s' },
    { name: NAME, resolver: 'dns.google' },
    { name: NAME, resolver: '1.1.1.1:0' },
    { name: NAME, resolver: '1.1.1.1:65536' },
    { name: NAME, resolver: [] },
    { name: NAME, class: 'CH' },
  ])('refuses %j', (config) => {
    expect(dnsCheck.schema.safeParse(config).success).toBe(false);
  });

  it.each([{ name: '_dmarc.shop.example.' }, { name: NAME, resolver: ['1.1.1.1', '[2001:db8::1]:5353', '::1'] }])(
    'accepts %j',
    (config) => {
      expect(dnsCheck.schema.safeParse(config).success).toBe(true);
    },
  );
});
