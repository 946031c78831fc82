import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemporaryDirectory } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tlsCheck } from './index.ts';
import type { Certificate } from './testing/certificates.ts';
import { hasOpenssl, makeCertificate } from './testing/certificates.ts';
import type { PortServer } from './testing/tls-server.ts';
import { startPlainServer, startTlsServer } from './testing/tls-server.ts';

const DAY_MS = 86_400_000;
const HOST = '127.0.0.1';
let folder: TemporaryDirectory;
const made: Record<string, Certificate> = {};

const canMake = hasOpenssl();
const skipped = canMake ? '' : ' (skipped: there is no openssl)';

beforeAll(async () => {
  if (!canMake) return;
  folder = await createTemporaryDirectory();
  const make = (name: string, signing: Parameters<typeof makeCertificate>[2]): void => {
    made[name] = makeCertificate(folder.path, name, signing);
  };
  make('ca', { isAuthority: true, days: 400 });
  make('other-ca', { isAuthority: true });
  make('middle', { by: 'ca', isAuthority: true, days: 5 });
  make('good', { by: 'ca' });
  make('expired', { by: 'ca', days: -1 });
  make('elsewhere', { by: 'ca', names: 'DNS:elsewhere.example' });
  make('below', { by: 'middle' });
  make('self', {});
});
afterAll(async () => await folder?.remove());

async function serve(name: string, chain = ''): Promise<PortServer> {
  const { cert, key } = made[name] ?? { cert: '', key: '' };
  return await startTlsServer({ cert: `${cert}${chain}`, key });
}

async function run(config: object, now: number = Date.now()) {
  const context = createTestContext({ directory: folder.path, now: () => now });
  return await tlsCheck.run(tlsCheck.schema.parse({ host: HOST, ...config }), contextFor(tlsCheck.needs, context));
}

const CA = { ca: 'ca.crt' };
type Row = readonly [string, string, object, 'pass' | 'fail', string, RegExp];

describe.skipIf(!canMake)(`tls check: certificates${skipped}`, () => {
  it.each<Row>([
    ['of a trusted authority', 'good', CA, 'pass', 'chain', /^verified$/],
    ['of an unknown authority', 'good', {}, 'fail', 'chain', /UNABLE_TO|SELF_SIGNED/],
    ['of another authority', 'good', { ca: 'other-ca.crt' }, 'fail', 'chain', /UNABLE_TO/],
    ['self-signed', 'self', CA, 'fail', 'chain', /self-signed and not trusted here \(DEPTH_ZERO/],
    ['expired', 'expired', CA, 'fail', 'chain', /expired \(CERT_HAS_EXPIRED\)/],
    ['expired', 'expired', { ...CA, 'days-left': 0 }, 'fail', 'days left', /^-\d/],
    ['for other names', 'elsewhere', CA, 'fail', 'chain', /for other names/],
    ['asked by its name', 'elsewhere', { ...CA, 'server-name': 'elsewhere.example' }, 'pass', 'chain', /^verified$/],
    ['with enough days', 'good', { ...CA, 'days-left': 39 }, 'pass', 'days left', /^(39|40) /],
    ['with too few days', 'good', { ...CA, 'days-left': 41 }, 'fail', 'days left', /^(39|40) /],
    ['of the issuer', 'good', { ...CA, issuer: 'ca' }, 'pass', 'issuer is as wanted', /CN=ca/],
    ['of another issuer', 'good', { ...CA, issuer: "Let's Encrypt" }, 'fail', 'issuer is as wanted', /CN=ca/],
    ['with a name', 'good', { ...CA, names: ['localhost', HOST] }, 'pass', 'name localhost', /^covered$/],
    ['without a name', 'good', { ...CA, names: ['www.shop.example'] }, 'fail', 'name www.shop.example', /not among/],
  ])('%s: %s with %j: %s', async (_title, name, config, verdict, asked, found) => {
    await using server = await serve(name);
    const result = await run({ port: server.port, ...config });
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.items.find((item) => item.asked === asked)).toMatchObject({
      found: expect.stringMatching(found),
      verdict,
    });
  });

  it('records subject, issuer, validity and protocol, also of what it does not trust', async () => {
    await using server = await serve('good');
    for (const config of [CA, {}]) {
      const { items } = (await run({ port: server.port, ...config })).evidence;
      expect(items.find((item) => item.asked === 'subject')?.found).toContain('CN=good');
      expect(items.find((item) => item.asked === 'issuer')?.found).toContain('CN=ca');
      expect(items.find((item) => item.asked === 'protocol')?.found).toBe('TLSv1.3');
      for (const asked of ['valid from', 'valid to']) {
        expect(items.find((item) => item.asked === asked)?.found).toMatch(/^20\d\d-\d\d-\d\dT/);
      }
    }
  });

  it('looks at the intermediate certificate too', async () => {
    await using server = await serve('below', made['middle']?.cert);
    const result = await run({ port: server.port, ...CA });
    expect(result.evidence.summary).toMatch(/days left of .*CN=middle: [45] /);
    expect((await run({ port: server.port, ...CA, 'days-left': 4 })).verdict).toBe('pass');
  });

  it('fails a server that leaves out the intermediate certificate', async () => {
    await using server = await serve('below');
    const result = await run({ port: server.port, ...CA, 'days-left': 0 });
    expect(result.evidence.summary).toContain('chain: the server does not send the intermediate certificate');
  });

  it('counts the days by the clock that it is given', async () => {
    await using server = await serve('good');
    const later = Date.now() + 30 * DAY_MS;
    expect((await run({ port: server.port, ...CA }, later)).evidence.summary).toMatch(/days left: (9|10) /);
    expect((await run({ port: server.port, ...CA, 'days-left': 0 }, later + 11 * DAY_MS)).verdict).toBe('fail');
  });

  it('takes only a file with a certificate for authorities', async () => {
    await writeFile(join(folder.path, 'empty.crt'), 'nothing');
    for (const ca of ['empty.crt', 'missing.crt', '.']) {
      expect(await rejectionOf(run({ ca }))).toBeInstanceOf(TerminalError);
    }
  });
});

describe.skipIf(!canMake)(`tls check: a server that does not shake hands${skipped}`, () => {
  it('is an answer where it speaks something else', async () => {
    await using server = await startPlainServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const result = await run({ port: server.port });
    expect(result.verdict).toBe('fail');
    expect(result.evidence.items[0]).toMatchObject({ asked: 'TLS handshake', verdict: 'fail' });
  });

  it.each([
    ['hangs up', (socket: { destroy: () => void }) => socket.destroy(), {}, /127\.0\.0\.1:\d+/],
    ['keeps silent', () => undefined, { timeout: '50ms' }, /no TLS handshake within 50 ms/],
  ])('is none where it %s', async (_title, onConnection, config, message) => {
    await using server = await startPlainServer(onConnection);
    const error = await rejectionOf(run({ port: server.port, ...config }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toMatch(message);
  });

  it('is none where the name is unknown', async () => {
    const error = await rejectionOf(run({ host: 'no-such-host.invalid' }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toMatch(/no-such-host\.invalid:443/);
  });
});

describe('tls check: schema', () => {
  it.each([
    {},
    { host: '' },
    { host: 'https://shop.example' },
    { host: 'shop.example:443' },
    { host: 'a', port: 0 },
    { host: 'a', port: 65_536 },
    { host: 'a', 'days-left': -1 },
    { host: 'a', names: [''] },
    { host: 'a', verify: false },
  ])('refuses %j', (config) => {
    expect(tlsCheck.schema.safeParse(config).success).toBe(false);
  });

  it.each([{ host: 'shop.example' }, { host: '::1' }, { host: '10.0.0.1', names: ['www.shop.example'] }])(
    'accepts %j',
    (config) => {
      expect(tlsCheck.schema.safeParse(config).success).toBe(true);
    },
  );
});

if (canMake) {
  describeCheckConformance(tlsCheck, async () => {
    const server = await serve('good');
    const silent = await startPlainServer(() => undefined);
    const gone = await startPlainServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    return {
      context: { directory: folder.path },
      passing: { host: HOST, port: server.port, ...CA },
      failing: { host: HOST, port: server.port },
      cannotAsk: { host: HOST, port: gone.port },
      endless: {
        config: { host: HOST, port: silent.port, timeout: '1h' },
        begun: async () => void (await vi.waitUntil(() => silent.taken() === 1, { timeout: 5000 })),
      },
      [Symbol.asyncDispose]: async () => {
        await server[Symbol.asyncDispose]();
        await silent[Symbol.asyncDispose]();
      },
    };
  });
}
