import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { KeyRing } from '../keys/key-ring.ts';
import { newFlagKey } from '../keys/key-text.ts';
import { syncCaller } from '../sync/sync-caller.ts';
import { FakeKeys } from '../testing/fake-flags.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { authenticate } from './authenticate.ts';

const KEY = newFlagKey();

async function crowdedRing() {
  const [keys, clock] = [new FakeKeys(), new ManualClock()];
  keys.give(KEY, 'shop.production');
  const ring = new KeyRing({ keys, clock, onError: () => {} });
  await ring.open();
  const waiting = Promise.all(Array.from({ length: 1_000 }, () => ring.look(newFlagKey())));
  return { ring, clock, waiting };
}

function answerTo(ring: KeyRing, key: string): Promise<unknown> {
  const request = new IncomingMessage(new Socket());
  request.headers = { authorization: `Bearer ${key}` };
  return new Promise((done) => authenticate(request, ring, done));
}

describe('a key that is not known while a thousand others wait', () => {
  it('is to come again, over HTTP, and those that are known open what they open', async () => {
    const { ring, clock, waiting } = await crowdedRing();
    expect(await answerTo(ring, newFlagKey())).toMatchObject({ status: 429, retryAfter: 1 });
    expect(await answerTo(ring, KEY)).toMatchObject({ set: 'shop.production' });
    await clock.pass(250);
    await waiting;
    const after = answerTo(ring, newFlagKey());
    await clock.pass(250);
    expect(await after).toMatchObject({ status: 401 });
  });

  it('is to come again, over gRPC', async () => {
    const { ring } = await crowdedRing();
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${newFlagKey()}`);
    expect(await syncCaller(ring, metadata, '')).toMatchObject({ code: status.UNAVAILABLE });
  });
});
