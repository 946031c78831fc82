import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, credentials, loadPackageDefinition, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FlagWorld, flagWorld, SERVER_KEY, SET } from '../testing/flag-world.ts';
import { startFlagSync } from './sync-server.ts';

type Fetching = Client & {
  fetchAllFlags(
    request: object,
    metadata: Metadata,
    options: { readonly deadline: number },
    done: (error: ServiceError | null, answer: { readonly flagConfiguration: string }) => void,
  ): void;
};

const LISTEN = { host: '127.0.0.1', port: 0 };
const REQUEST = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let folder: string;
let world: FlagWorld;
const ports = () => ({ flags: world.flags, flagServing: world.serving, logger: pino({ level: 'silent' }) });

function made(name: string): { readonly cert: Buffer; readonly key: Buffer } {
  const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', [...REQUEST.split(' '), ...names, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

async function fetched(port: number, by: ReturnType<typeof credentials.createSsl>): Promise<string> {
  const file = new URL('sync.proto', import.meta.url).pathname;
  const loaded = loadPackageDefinition(loadSync(file, { keepCase: false })) as unknown as {
    flagd: { sync: { v1: { FlagSyncService: new (address: string, by: object, options: object) => Fetching } } };
  };
  const client = new loaded.flagd.sync.v1.FlagSyncService(`127.0.0.1:${port}`, by, {
    'grpc.ssl_target_name_override': 'localhost',
  });
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${SERVER_KEY}`);
  return await new Promise<string>((done, fail) => {
    client.fetchAllFlags({}, metadata, { deadline: Date.now() + 3_000 }, (error, answer) =>
      error === null ? done(answer.flagConfiguration) : fail(error),
    );
  }).finally(() => client.close());
}

describe.skipIf(!hasOpenssl)(`flag definitions over TLS${hasOpenssl ? '' : ' (skipped: there is no openssl)'}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-tls-'));
    world = await flagWorld();
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it('come to who trusts the certificate, and to nobody in the clear or with another one', async () => {
    const [tls, other] = [made('own'), made('other')];
    const sync = await startFlagSync({ listen: LISTEN, tls, insecure: false }, ports());
    try {
      const definition = JSON.parse(await fetched(sync.port, credentials.createSsl(tls.cert))) as { metadata: object };
      expect(definition.metadata).toMatchObject({ flagSetId: SET });
      for (const by of [credentials.createInsecure(), credentials.createSsl(other.cert), credentials.createSsl()])
        await expect(fetched(sync.port, by)).rejects.toMatchObject({
          code: expect.toSatisfy((code) => [status.UNAVAILABLE, status.DEADLINE_EXCEEDED].includes(code as number)),
        });
    } finally {
      await sync.close();
    }
  });

  it.each<[string, () => { readonly cert: Buffer; readonly key: Buffer }]>([
    ['is no certificate', () => ({ ...made('one'), cert: Buffer.from('nonsense') })],
    ['is no key', () => ({ ...made('one'), key: Buffer.from('nonsense') })],
    ['is the key of another certificate', () => ({ cert: made('one').cert, key: made('two').key })],
  ])('say so where what is given %s', async (_what, tls) => {
    const starting = startFlagSync({ listen: LISTEN, tls: tls(), insecure: false }, ports());
    await expect(starting).rejects.toThrow(/--flag-sync-cert and --flag-sync-key/);
    await expect(starting).rejects.not.toThrow(/nonsense/);
  });
});
