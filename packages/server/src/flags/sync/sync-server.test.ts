import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClientReadableStream,
  credentials,
  loadPackageDefinition,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFINITION, type FlagWorld, flagWorld, CLIENT_KEY, SERVER_KEY, SET } from '../testing/flag-world.ts';
import { type FlagSyncServer, startFlagSync } from './sync-server.ts';

interface Payload {
  readonly flagConfiguration: string;
}

interface SyncClient {
  syncFlags(request: object, metadata: Metadata): ClientReadableStream<Payload>;
  fetchAllFlags(request: object, metadata: Metadata, done: (error: ServiceError | null, answer: Payload) => void): void;
  getMetadata(
    request: object,
    metadata: Metadata,
    done: (error: ServiceError | null, answer: { metadata: unknown }) => void,
  ): void;
  close(): void;
}

const IN_THE_CLEAR = { tls: null, insecure: false };
const LOOPBACK = { host: '127.0.0.1', port: 0 };

let world: FlagWorld;
let sync: FlagSyncServer;
let client: SyncClient;
beforeEach(async () => {
  world = await flagWorld({ syncStreams: 2 });
  sync = await startFlagSync({ listen: LOOPBACK, ...IN_THE_CLEAR }, ports());
  const file = new URL('sync.proto', import.meta.url).pathname;
  const loaded = loadPackageDefinition(loadSync(file, { keepCase: false })) as unknown as {
    flagd: { sync: { v1: { FlagSyncService: new (address: string, by: object) => SyncClient } } };
  };
  client = new loaded.flagd.sync.v1.FlagSyncService(`127.0.0.1:${sync.port}`, credentials.createInsecure());
});
afterEach(async () => {
  client.close();
  await sync.close();
  await world[Symbol.asyncDispose]();
});

function ports() {
  return { flags: world.flags, flagServing: world.serving, logger: pino({ level: 'silent' }) };
}

function shown(headers: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  return metadata;
}

const BEARER = { authorization: `Bearer ${SERVER_KEY}` };

interface Following {
  readonly payloads: { flags: Record<string, { defaultVariant: string }>; metadata: object }[];
  readonly stream: ClientReadableStream<Payload>;
  failure: ServiceError | null;
  ended: boolean;
}

function follow(headers: Readonly<Record<string, string>> = BEARER, request = {}): Following {
  const stream = client.syncFlags(request, shown(headers));
  const following: Following = { payloads: [], stream, failure: null, ended: false };
  stream.on('data', ({ flagConfiguration }: Payload) => following.payloads.push(JSON.parse(flagConfiguration)));
  stream.on('error', (error: ServiceError) => (following.failure = error));
  stream.on('end', () => (following.ended = true));
  return following;
}

function fetchAll(headers: Readonly<Record<string, string>>, request = {}): Promise<Payload> {
  return new Promise((done, fail) =>
    client.fetchAllFlags(request, shown(headers), (error, answer) => (error === null ? done(answer) : fail(error))),
  );
}

describe('flag definitions over gRPC', () => {
  it.each([
    ['as a bearer', BEARER, {}],
    ['as the selector', { 'flagd-selector': SERVER_KEY }, {}],
    ['as an older selector', {}, { selector: SERVER_KEY }],
    ['as a bearer, with the set as the selector', { ...BEARER, 'flagd-selector': SET }, {}],
    ['as a bearer, with the set as flagd writes it', { ...BEARER, 'flagd-selector': `flagSetId=${SET}` }, {}],
  ])('come with a key %s', async (_how, headers, request) => {
    const { flagConfiguration } = await fetchAll(headers, request);
    const definition = JSON.parse(flagConfiguration) as typeof DEFINITION;
    expect(definition).toEqual({ ...DEFINITION, metadata: { team: 'shop', flagSetId: SET, scope: SET } });
    expect(flagConfiguration).not.toContain(SERVER_KEY);
    const following = follow(headers, request);
    await expect.poll(() => following.payloads).toEqual([definition]);
    following.stream.cancel();
  });

  it.each<[string, Readonly<Record<string, string>>, status]>([
    ['without a key', {}, status.UNAUTHENTICATED],
    ['with a key that nobody made', { 'flagd-selector': `slipway_flags_${'x'.repeat(43)}` }, status.UNAUTHENTICATED],
    ['with a client key', { 'flagd-selector': CLIENT_KEY }, status.PERMISSION_DENIED],
    ['of another set', { ...BEARER, 'flagd-selector': 'shop.staging' }, status.PERMISSION_DENIED],
  ])('do not come %s', async (_how, headers, code) => {
    await expect(fetchAll(headers)).rejects.toMatchObject({ code });
    const following = follow(headers);
    await expect.poll(() => following.failure?.code).toBe(code);
    expect(following.failure?.details).not.toContain('slipway_flags_c');
  });

  it('come again with each change, to each who follows', async () => {
    const following = [follow(), follow()];
    await expect.poll(() => following.map(({ payloads }) => payloads.length)).toEqual([1, 1]);
    world.flags.serve(SET, {
      flags: { banner: { state: 'ENABLED', variants: { off: false }, defaultVariant: 'off' } },
    });
    await expect
      .poll(() => following.map(({ payloads }) => payloads.at(-1)?.flags['banner']?.defaultVariant))
      .toEqual(['off', 'off']);
    for (const { stream } of following) stream.cancel();
  });

  it('have a bound for those who follow, and give places back', async () => {
    const [first, second] = [follow(), follow()];
    await expect.poll(() => first.payloads.length + second.payloads.length).toBe(2);
    const third = follow();
    await expect.poll(() => third.failure?.code).toBe(status.RESOURCE_EXHAUSTED);
    first.stream.cancel();
    await expect.poll(() => first.failure?.code).toBe(status.CANCELLED);
    await sleep(50);
    const fourth = follow();
    await expect.poll(() => fourth.payloads.length).toBe(1);
    for (const { stream } of [second, fourth]) stream.cancel();
  });

  it('end with their key', async () => {
    const following = follow();
    await expect.poll(() => following.payloads.length).toBe(1);
    world.keys.revoke(SERVER_KEY);
    await world.serving.keys.refresh();
    await expect.poll(() => following.ended).toBe(true);
    await expect(fetchAll(BEARER)).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
  });

  it('skip what a slow reader has no time for', async () => {
    const following = follow();
    await expect.poll(() => following.payloads.length).toBe(1);
    following.stream.pause();
    const filler = 'x'.repeat(200_000);
    const changes = 100;
    for (let change = 1; change <= changes; change += 1) {
      world.flags.serve(SET, {
        flags: { banner: { state: 'ENABLED', variants: { [`v${change}`]: filler }, defaultVariant: `v${change}` } },
      });
      await sleep(1);
    }
    following.stream.resume();
    await expect
      .poll(() => following.payloads.at(-1)?.flags['banner']?.defaultVariant, { timeout: 5_000 })
      .toBe(`v${changes}`);
    expect(following.payloads.length).toBeLessThan(changes);
    following.stream.cancel();
  });

  it('are an empty set where there is none yet, and say whose they are', async () => {
    const key = `slipway_flags_${'e'.repeat(43)}`;
    world.keys.give(key, 'shop.staging', 'server');
    await world.serving.keys.refresh();
    const headers = { authorization: `Bearer ${key}` };
    expect(JSON.parse((await fetchAll(headers)).flagConfiguration)).toEqual({ flags: {} });
    const metadata = await new Promise((done) =>
      client.getMetadata({}, shown(headers), (_error, answer) => done(answer.metadata)),
    );
    expect(metadata).toEqual({ fields: { flagSetId: { stringValue: 'shop.staging' } } });
  });

  it('need TLS, or somebody’s word, beyond this machine', async () => {
    const listen = { host: '0.0.0.0', port: 0 };
    await expect(startFlagSync({ listen, ...IN_THE_CLEAR }, ports())).rejects.toThrow('--flag-sync-insecure');
    const asked = await startFlagSync({ listen, tls: null, insecure: true }, ports());
    await asked.close();
  });

  it('say where they cannot listen', async () => {
    const listen = { host: '127.0.0.1', port: sync.port };
    await expect(startFlagSync({ listen, ...IN_THE_CLEAR }, ports())).rejects.toThrow(
      `cannot listen on 127.0.0.1:${sync.port}`,
    );
  });
});
