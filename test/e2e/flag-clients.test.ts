import { setTimeout as pass } from 'node:timers/promises';
import { FlagdProvider } from '@openfeature/flagd-provider';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { type Client, OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FlagShop } from './support/flag-shop.ts';

/** Unchanged packages of others, against a server as users run it. */
const PATIENCE = 10_000;
const ADA = { targetingKey: 'ada' };

let shop: FlagShop;
beforeAll(async () => {
  shop = await FlagShop.start();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});
afterEach(async () => {
  await OpenFeature.clearProviders();
});

async function until<T>(ask: () => Promise<T>, wanted: T): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const value = await ask();
    if (JSON.stringify(value) === JSON.stringify(wanted) || Date.now() > deadline) return value;
    await pass(10);
  }
}

async function ofrep(kind: 'client' | 'server', header: 'X-API-Key' | 'Authorization'): Promise<Client> {
  const { key } = await shop.key(kind);
  const headers: [string, string][] = [[header, header === 'Authorization' ? `Bearer ${key}` : key]];
  await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: shop.server.url, headers }));
  return OpenFeature.getClient();
}

function flagd(selector: string): FlagdProvider {
  const port = shop.server.flagSyncPort;
  return new FlagdProvider({ host: '127.0.0.1', port, resolverType: 'in-process', selector, deadlineMs: 5_000 });
}

describe('@openfeature/ofrep-provider', () => {
  it.each([
    ['client', 'X-API-Key'],
    ['server', 'Authorization'],
  ] as const)('evaluates a flag of each type with a %s key in %s', async (kind, header) => {
    const client = await ofrep(kind, header);
    expect(await client.getBooleanDetails('new-checkout', false, ADA)).toMatchObject({
      value: true,
      variant: 'on',
      reason: 'STATIC',
      flagMetadata: { flagSetId: 'shop.production' },
    });
    expect(await client.getStringValue('theme', 'none', { ...ADA, plan: 'pro' })).toBe('red');
    expect(await client.getStringValue('theme', 'none', { ...ADA, plan: 'free' })).toBe('blue');
    expect([3, 30]).toContain(await client.getNumberValue('most-items', 0, ADA));
    expect(await client.getObjectValue('layout', {}, ADA)).toEqual({ columns: 3 });
  });

  it('falls back to the code, and says why', async () => {
    const client = await ofrep('client', 'X-API-Key');
    expect(await client.getBooleanDetails('none', true, ADA)).toMatchObject({
      value: true,
      errorCode: 'FLAG_NOT_FOUND',
    });
    // The rule needs somebody to put into a half; without one it says nothing, and that is no error.
    const nobody = await client.getNumberDetails('most-items', 7, {});
    expect([nobody.value, nobody.reason, nobody.errorCode]).toEqual([3, 'DEFAULT', undefined]);
  });

  it('gets a kill at once, and its end', async () => {
    const client = await ofrep('client', 'X-API-Key');
    await shop.kill('new-checkout');
    expect(await client.getBooleanDetails('new-checkout', true, ADA)).toMatchObject({ value: false, variant: 'off' });
    await shop.unkill('new-checkout');
    expect(await client.getBooleanValue('new-checkout', false, ADA)).toBe(true);
  });

  it('is turned away with a key that was revoked', async () => {
    const { key, id } = await shop.key('client');
    const ask = async (): Promise<number> =>
      (
        await fetch(`${shop.server.url}/ofrep/v1/evaluate/flags`, {
          method: 'POST',
          headers: { 'x-api-key': key },
          body: '{"context":{}}',
        })
      ).status;
    expect(await ask()).toBe(200);
    await shop.revoke(id);
    expect(await ask()).toBe(401);
  });
});

describe('@openfeature/flagd-provider, in-process', () => {
  it('evaluates as the server does, and hears of a kill and of its end', async () => {
    const { key } = await shop.key('server');
    await OpenFeature.setProviderAndWait(flagd(key));
    const client = OpenFeature.getClient();
    const changed: string[][] = [];
    client.addHandler(ProviderEvents.ConfigurationChanged, (details) => void changed.push(details?.flagsChanged ?? []));
    const http = new OFREPProvider({ baseUrl: shop.server.url, headers: [['X-API-Key', key]] });

    const details = await client.getBooleanDetails('new-checkout', false, ADA);
    expect(details).toMatchObject({ value: true, variant: 'on', reason: 'STATIC' });
    expect(details.flagMetadata).toMatchObject({ flagSetId: 'shop.production', scope: 'shop.production' });
    expect(JSON.stringify(details)).not.toContain(key);
    for (const person of Array.from({ length: 50 }, (_, index) => ({ targetingKey: `person-${index}`, plan: 'pro' }))) {
      const [here, there] = [
        await client.getNumberDetails('most-items', 0, person),
        await http.resolveNumberEvaluation('most-items', 0, person),
      ];
      expect([here.value, here.variant, here.reason]).toEqual([there.value, there.variant, there.reason]);
    }

    await shop.kill('new-checkout');
    expect(await until(() => client.getBooleanValue('new-checkout', true, ADA), false)).toBe(false);
    expect(changed.flat()).toContain('new-checkout');
    await shop.unkill('new-checkout');
    expect(await until(() => client.getBooleanValue('new-checkout', false, ADA), true)).toBe(true);
  });

  it.each([
    ['a key of kind client', async () => (await shop.key('client')).key],
    ['no key', async () => 'shop.production'],
    ['a key that nobody made', async () => `slipway_flags_${'x'.repeat(43)}`],
  ])('gets no definitions with %s', async (_what, selector) => {
    const provider = flagd(await selector());
    await expect(OpenFeature.setProviderAndWait(provider)).rejects.toThrow(/UNAUTHENTICATED|PERMISSION_DENIED/);
    await provider.onClose();
  });
});
